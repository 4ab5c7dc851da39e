"""The tab of the minutes: what keeps them closed, their pages, their text, and the papers that were made."""
