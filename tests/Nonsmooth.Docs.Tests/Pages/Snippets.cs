using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nonsmooth.Docs.Tests.Pages;

/// <summary>The C# of a page as one program: each block in a scope of its own, between marks that tell what it printed.</summary>
/// <remarks>
/// A note <c>snippet</c> before a block has what the page leaves out: code before it and, behind a line <c>###</c>, after it. A note <c>page</c> is code that all blocks see;
/// <c>goes on</c> puts a block into the scope of the one before.
/// <c>not run</c> and <c>not compiled</c> say why.
/// </remarks>
internal sealed partial class Snippets
{
    // What a page's blocks may name without saying so; a name that two of these have is written out there.
    private const string Usings = """
        using System; using System.Collections.Generic; using System.Globalization; using System.IO; using System.Linq; using System.Threading;
        using Nonsmooth; using Nonsmooth.Answers; using Nonsmooth.Arithmetic; using Nonsmooth.Checkpointing; using Nonsmooth.Compiled; using Nonsmooth.Conservativity; using Nonsmooth.Cost; using Nonsmooth.Data;
        using Nonsmooth.Dictionary; using Nonsmooth.Differentiation; using Nonsmooth.Evaluation; using Nonsmooth.LibTorch.Execution; using Nonsmooth.LibTorch.Tensors; using Nonsmooth.Onnx.Files; using Nonsmooth.Onnx.Import;
        using Nonsmooth.Optimizers; using Nonsmooth.Programs; using Nonsmooth.Reliability.Ties; using Nonsmooth.Reliability.Traps; using Nonsmooth.Reliability.Zones; using Nonsmooth.Selections; using Nonsmooth.Solutions;
        using Nonsmooth.Sparsity; using Nonsmooth.Tensors; using Nonsmooth.Testing; using Nonsmooth.Training.Audits; using Nonsmooth.Training.Comparisons; using Nonsmooth.Training.Engine; using Nonsmooth.Training.Networks;
        using Nonsmooth.Training.Objectives; using Nonsmooth.Training.Recipes; using Nonsmooth.Training.Studies;
        using Comparison = Nonsmooth.Training.Comparisons.Comparison;
        using static Nonsmooth.Dictionary.Functions; using static Nonsmooth.Dictionary.VariableExtensions;
        """;

    private const string End = "}\n";
    private readonly StringBuilder _usings = new(Usings);
    private readonly StringBuilder _page = new();
    private readonly StringBuilder _body = new();
    private readonly StringBuilder _types = new();

    private Snippets()
    {
    }

    /// <summary>The marks' first character.</summary>
    public static char Mark => '\u0001';

    /// <summary>The program of a page.</summary>
    public static string Program(Page page)
    {
        var made = new Snippets();
        foreach (var block in page.Blocks.Where(b => b.Language == "csharp" && b.Note("not compiled") is null))
        {
            made.Add(block);
        }

        return $$"""
            {{made._usings}}
            internal static class ThisPage
            {
                private static void Main()
                {
                    CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            {{made._page}}
            {{made._body}}
                }
            }
            {{made._types}}
            """;
    }

    private void Add(Block block)
    {
        _page.Append(block.Note("page")).Append('\n');
        string[] around = (block.Note("snippet") ?? "").Split("###");
        string shown = Using().Replace(block.Text, use =>
        {
            _usings.Append('\n').Append(use.Value);
            return "";
        });
        var root = CSharpSyntaxTree.ParseText($"{around[0]}\n{shown}\n{(around.Length == 2 ? around[1] : "")}").GetCompilationUnitRoot();
        _types.AppendJoin('\n', root.Members.Where(m => m is not GlobalStatementSyntax).Select(m => m.ToFullString()));
        string number = block.Line.ToString(CultureInfo.InvariantCulture);
        string statements = string.Concat(root.Members.OfType<GlobalStatementSyntax>().Select(s => Read(s.Statement)));
        if (statements.Length > 0)
        {
            string begin = block.Note("not run") is null ? $"{{ Console.WriteLine(\"\\u0001{number}\");\n" : $"void Line{number}() {{\n";
            if (block.Note("goes on") is not null)
            {
                _body.Length -= End.Length;
                begin = begin.TrimStart('{');
            }

            _body.Append(begin).Append(statements).Append(End);
        }
    }

    // A list of members with a remark each is no code as it stands: they are read.
    private static string Read(StatementSyntax statement) => statement is ExpressionStatementSyntax { Expression: MemberAccessExpressionSyntax or IdentifierNameSyntax or ElementAccessExpressionSyntax } s
        ? $"{s.GetLeadingTrivia().ToFullString()}_ = {s.Expression};{s.GetTrailingTrivia().ToFullString()}" : statement.ToFullString();

    [GeneratedRegex(@"^using (static )?[A-Z][\w.]*;", RegexOptions.Multiline)]
    private static partial Regex Using();
}
