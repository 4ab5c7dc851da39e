"""The tab of the people (thành phần): who took part, who was counted, and the head of the minutes."""
