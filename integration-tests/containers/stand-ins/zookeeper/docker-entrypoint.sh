#!/usr/bin/env bash
# Stand-in for the entry point of the official ZooKeeper image: one server, never as root.
set -euo pipefail

if [ "$(id -u)" = 0 ]; then
  chown -R zookeeper /data /datalog /logs
  exec gosu zookeeper "$0" "$@"
fi
cat >/conf/zoo.cfg <<END
dataDir=/data
dataLogDir=/datalog
tickTime=2000
clientPort=2181
admin.enableServer=false
4lw.commands.whitelist=${ZOO_4LW_COMMANDS_WHITELIST:-srvr}
END
exec java -Xmx256M -cp '/zookeeper/*' org.apache.zookeeper.server.ZooKeeperServerMain /conf/zoo.cfg
