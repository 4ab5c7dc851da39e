"""The tab of findings (phát hiện): what the minutes will say was good, new, or wrong."""
