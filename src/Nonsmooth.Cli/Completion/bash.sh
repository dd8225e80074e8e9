# nonsmooth: completion for bash
_nonsmooth() {
    local line="${COMP_LINE:0:COMP_POINT}" word before answer
    # The word by blanks alone: bash would split a value at a colon or an equals sign.
    word="${line##*[[:space:]]}"
    # Of a word that bash has split, it replaces the last part only.
    before="${word%"${COMP_WORDS[COMP_CWORD]}"}"
    [[ "$before" == "$word" ]] && before=""
    case "${COMP_WORDS[COMP_CWORD]}" in
        : | =) before="$word" ;;
    esac
    COMPREPLY=()
    while IFS= read -r answer; do
        [[ -n "$answer" && "$answer" == "$word"* ]] && COMPREPLY+=("${answer#"$before"}")
    done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
}
complete -o bashdefault -o default -F _nonsmooth nonsmooth
