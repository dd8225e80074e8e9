#compdef nonsmooth
# nonsmooth: completion for zsh
_nonsmooth() {
    local -a answers
    local line="$LBUFFER"
    answers=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
    answers=(${answers:#})
    if (( ${#answers} )); then
        compadd -a answers && return
    fi
    _files
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _nonsmooth nonsmooth
