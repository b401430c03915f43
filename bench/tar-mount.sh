#!/usr/bin/env bash
# Packs a folder, hashes the archive and uploads it, with the tools that are on every runner.
# Usage: tar-mount.sh FOLDER ARCHIVE
set -euo pipefail
tar --sort=name -C "$1" -czf "$2" .
sha256sum "$2" >/dev/null
curl -sS --fail -o /dev/null -F "file=@$2" -H "x-api-key: $ANTHROPIC_API_KEY" -H 'anthropic-version: 2023-06-01' \
  "$ANTHROPIC_BASE_URL/v1/files"
