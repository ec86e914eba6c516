"""Run the command as `python -m notebinder`."""

from notebinder.cli.main import main

if __name__ == "__main__":
    main()
