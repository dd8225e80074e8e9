# nonsmooth: completion for PowerShell
Register-ArgumentCompleter -Native -CommandName nonsmooth -ScriptBlock {
    param($word, $tree, $cursor)
    $line = $tree.ToString()
    $line = $line.Substring(0, [Math]::Min($line.Length, $cursor)).PadRight($cursor)
    nonsmooth "[suggest:$($line.Length)]" "`"$line`"" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
