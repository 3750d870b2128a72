#!/usr/bin/env bash
# Stand-in for the entry point of the official Flink image, written from what that is documented and known to do:
# it puts the JobManager's address, two ports and FLINK_PROPERTIES into conf/config.yaml by Flink's own script, whose
# failure it does not notice, and then runs Flink in the foreground, never as root. Other commands run as they are.

user=()
[ "$(id -u)" != 0 ] || user=(gosu flink)

configure() {
  local options=("-Djobmanager.rpc.address=${JOB_MANAGER_RPC_ADDRESS:-$(hostname -f)}"
    -Dblob.server.port=6124 -Dquery.server.port=6125)
  [ -z "$TASK_MANAGER_NUMBER_OF_TASK_SLOTS" ] ||
    options+=("-Dtaskmanager.numberOfTaskSlots=$TASK_MANAGER_NUMBER_OF_TASK_SLOTS")
  local line
  while IFS= read -r line; do
    line=$(tr -d '[:space:]' <<<"$line")
    [ -z "$line" ] || options+=("-D${line%%:*}=$(envsubst <<<"${line#*:}")")
  done <<<"$FLINK_PROPERTIES"
  "$FLINK_HOME/bin/config-parser-utils.sh" "$FLINK_HOME/conf" "$FLINK_HOME/bin" "$FLINK_HOME/lib" "${options[@]}"
}

configure
command=$1
case $command in
  jobmanager | standalone-job | taskmanager)
    shift
    [ "$command" != standalone-job ] || command=standalone-job
    exec "${user[@]}" "$FLINK_HOME/bin/$command.sh" start-foreground "$@"
    ;;
  help)
    echo 'Usage: docker-entrypoint.sh (jobmanager|standalone-job|taskmanager)'
    ;;
  *)
    exec "${user[@]}" "$@"
    ;;
esac
