"""The sampled dossiers of an inspection: one row each, judged by the domain, and what they add up to."""
