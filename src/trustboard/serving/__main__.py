"""`python -m trustboard.serving app.py --port 8501 --address localhost`: what `serve` starts."""

from __future__ import annotations

import argparse
from pathlib import Path

from trustboard.serving.server import serve

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m trustboard.serving")
    parser.add_argument("script", type=Path)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--address", required=True)
    asked = parser.parse_args()
    serve(asked.script.resolve(), port=asked.port, address=asked.address)
