#!/bin/sh
# Ends what a stack leaves behind when its owner dies without stopping it (kill -9, a closed terminal). Reads
# tab-separated lines from its standard input and acts when that is closed, which the kernel does for any kind of death:
#   + <pid> <signal>   this process group is alive; end it with this signal first
#   - <pid>            it has ended
#   x <path>           remove this folder at the end
# A shell script, because one runs beside every stack and a Node process takes sixty times the memory.
trap '' INT TERM HUP

tab=$(printf '\t')
groups=' ' # "pid:signal pid:signal "
folders='' # one a line

while IFS=$tab read -r verb subject signal; do
  case $verb in
    +) groups="$groups$subject:$signal " ;;
    -)
      before=${groups%% "$subject":*}
      after=${groups#* "$subject":}
      [ "$before" = "$groups" ] || groups="$before ${after#* }"
      ;;
    x) folders="$folders$subject
" ;;
  esac
done

some_left() {
  for group in $groups; do
    kill -s 0 -- "-${group%%:*}" 2>/dev/null && return 0
  done
  return 1
}

for group in $groups; do
  kill -s "${group#*:SIG}" -- "-${group%%:*}" 2>/dev/null
  kill -s CONT -- "-${group%%:*}" 2>/dev/null
done
tries=0
while [ "$tries" -lt 50 ] && some_left; do
  sleep 0.1 2>/dev/null || sleep 1
  tries=$((tries + 1))
done
for group in $groups; do
  kill -s KILL -- "-${group%%:*}" 2>/dev/null
done
printf '%s' "$folders" | while IFS= read -r folder; do
  rm -rf "$folder" || { sleep 1 && rm -rf "$folder"; }
done
