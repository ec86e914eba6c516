"""Makes of a vault's images and other files what a site can show: renditions, figures, transcripts.

Public files come in; files without metadata, named by their content, and the HTML around them go out.
Nothing here trusts a byte of an image, enlarges a picture, or reads a note.
"""
