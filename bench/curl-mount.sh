#!/usr/bin/env bash
# Mounts all files below a folder the way the service's documents show it: curl and jq, one call after the other.
# Usage: curl-mount.sh FOLDER [SESSION_ID]; prints the id of the session.
set -euo pipefail
folder=$1
session_id=${2-}
base_url=$ANTHROPIC_BASE_URL/v1
auth=(
  -H "x-api-key: $ANTHROPIC_API_KEY"
  -H 'anthropic-version: 2023-06-01'
  -H 'anthropic-beta: managed-agents-2026-04-01'
)

resources=()
while IFS= read -r path; do
  file=$(curl --fail-with-body -sS "${auth[@]}" "$base_url/files" -F "file=@$folder/$path")
  file_id=$(jq -er '.id' <<<"$file")
  resource=$(
    jq -n --arg file_id "$file_id" --arg mount_path "/$path" \
      '{type: "file", file_id: $file_id, mount_path: $mount_path}'
  )
  if [[ -n $session_id ]]; then
    added=$(curl --fail-with-body -sS "${auth[@]}" "$base_url/sessions/$session_id/resources" --json @- <<<"$resource")
    jq -er '.id' <<<"$added" >/dev/null
  else
    resources+=("$resource")
  fi
done < <(find "$folder" -type f -printf '%P\n' | sort)

if [[ -z $session_id ]]; then
  session=$(
    printf '%s\n' "${resources[@]}" |
      jq -s --arg agent_id "$AGENT_ID" --arg environment_id "$ENVIRONMENT_ID" \
        '{agent: $agent_id, environment_id: $environment_id, resources: .}' |
      curl --fail-with-body -sS "${auth[@]}" "$base_url/sessions" --json @-
  )
  session_id=$(jq -er '.id' <<<"$session")
fi
printf '%s\n' "$session_id"
