#compdef chini-bench
# Completion of chini-bench for zsh: source <(chini-bench completion zsh)
_chini_bench() {
  local line
  local -a lines values
  local -i files=0
  lines=("${(@f)$(chini-bench complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in "${lines[@]}"; do
    if [[ "$line" == ":files" ]]; then
      files=1
    elif [[ -n "$line" ]]; then
      values+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    fi
  done
  (( ${#values} )) && _describe chini-bench values
  if (( files )); then
    compset -P '*='
    _files
  fi
}
if [[ "${funcstack[1]}" == "_chini-bench" ]]; then
  _chini_bench
else
  compdef _chini_bench chini-bench
fi
