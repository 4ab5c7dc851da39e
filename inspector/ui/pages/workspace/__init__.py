"""The workspace of one inspection: a head, five tabs, and the one inspection they share."""
