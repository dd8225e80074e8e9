using System.CommandLine;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Cli.Verbs;

/// <summary>Lists the kinds of model files, and the operators that are read.</summary>
internal sealed class ModelsVerb : Verb
{
    private readonly Option<bool> _operators = new("--operators") { Description = "List the operators that are read, with the versions of ONNX's operators for which" };

    public ModelsVerb()
        : base("models", "List the kinds of model files, and the operators that are read", "nonsmooth models", "nonsmooth models --operators") => Options.Add(_operators);

    protected override int Run(ParseResult parsed, Session session)
    {
        if (!parsed.GetValue(_operators))
        {
            var kinds = ModelFormat.All.Select(f => new Kind(f.Name)).ToList();
            session.Print(new Document(new Kinds(kinds))
                .Table(kinds, (Column.Text("files"), k => k.Name))
                .Say("A file is given wherever a network is: nonsmooth cost model.onnx, run, verify, audit, kinks, train, export."));
            return ExitCode.Done;
        }

        var rows = OnnxImport.Operators.OrderBy(o => o.Domain, StringComparer.Ordinal).ThenBy(o => o.Operator, StringComparer.Ordinal).ThenBy(o => o.From)
            .Select(o => new Row(o.Domain.Length == 0 ? "ai.onnx" : o.Domain, o.Operator, o.From, o.To)).ToList();
        session.Print(new Document(new Operators(rows)).Table(
            rows,
            (Column.Text("domain"), r => r.Domain),
            (Column.Code("operator"), r => r.Operator),
            (Column.Text("opsets"), r => r.To == int.MaxValue ? $"from {r.From}" : $"{r.From} to {r.To}")));
        return ExitCode.Done;
    }

    private sealed record Kind(string Name);

    private sealed record Kinds(IReadOnlyList<Kind> Files);

    private sealed record Row(string Domain, string Operator, int From, int To);

    private sealed record Operators(IReadOnlyList<Row> All);
}
