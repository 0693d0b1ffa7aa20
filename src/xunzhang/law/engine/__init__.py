"""The machinery that carries out the rules."""
