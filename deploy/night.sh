#!/bin/sh
# Back up into FOLDER, keep the newest KEEP backups (default 14), and forget what is kept no longer.
# A backup that fails ends the night before anything is removed.
set -eu
folder=${1:?usage: night.sh FOLDER}
keep=${KEEP:-14}
umask 077
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
"$python" synergia.py db backup "$folder/night-$(date -u +%Y%m%dT%H%M%SZ).backup"
find "$folder" -maxdepth 1 -name 'night-*.backup' | sort -r | tail -n "+$((keep + 1))" | xargs -r rm --
"$python" synergia.py db retention
