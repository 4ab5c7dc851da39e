"""Pictures and files behind an answer, a finding or the whole inspection: attached, looked at, described."""
