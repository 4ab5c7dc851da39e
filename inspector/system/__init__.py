"""The laptop: its folders, keychain, keys and signatures, clock, settings and logs.

The only room that imports keyring, platformdirs and cryptography, and each only where it is needed.
"""
