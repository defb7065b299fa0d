# Completion of chini-bench for fish: chini-bench completion fish | source
function __chini_bench_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    for line in (chini-bench complete -- $before[2..-1] "$current" 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path "$current"
        else
            printf '%s\n' "$line"
        end
    end
end
complete -c chini-bench -f -a '(__chini_bench_complete)'
