"""Takes claims and sentences. Returns which are closest to each other, by their words and, with an optional library,
by their meaning; it only helps an editor to look, and never verifies anything. Imports `text`, `model` and `base`."""
