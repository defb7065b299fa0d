# Completion of chini-bench for bash: source <(chini-bench completion bash)
_chini_bench() {
  local line current="${COMP_WORDS[COMP_CWORD]}"
  # What bash takes for a word of its own; the file behind it begins anew.
  [ "$current" = "=" ] && current=""
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = ":files" ]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
    else
      COMPREPLY+=("${line%%$'\t'*}")
    fi
  done < <(chini-bench complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _chini_bench chini-bench
