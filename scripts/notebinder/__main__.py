"""Run the command as `python -m notebinder`."""

from notebinder.cli import main

if __name__ == "__main__":
    main()
