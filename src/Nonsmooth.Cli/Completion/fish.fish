# nonsmooth: completion for fish
function __nonsmooth_complete
    set -l line (commandline -cp)
    set -l answers (nonsmooth "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
    if test (count $answers) -gt 0
        printf '%s\n' $answers
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c nonsmooth -f -a '(__nonsmooth_complete)'
