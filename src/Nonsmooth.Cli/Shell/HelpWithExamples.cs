using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Verbs;

namespace Nonsmooth.Cli.Shell;

/// <summary>The usual help, followed by an example of the verb.</summary>
internal sealed class HelpWithExamples(HelpAction usual, int width) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var text = new StringWriter();
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        configuration.Output = text;
        usual.Invoke(parseResult);
        configuration.Output = output;
        foreach (string line in text.ToString().TrimEnd().Split('\n'))
        {
            output.WriteLine(line.TrimEnd());
        }

        output.WriteLine();
        var examples = parseResult.CommandResult.Command is Verb verb ? verb.Examples : ["nonsmooth quickstart"];
        output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (string line in examples.SelectMany(example => Wrapped.Command(example, width - 2)))
        {
            output.WriteLine($"  {line}");
        }

        return ExitCode.Done;
    }
}
