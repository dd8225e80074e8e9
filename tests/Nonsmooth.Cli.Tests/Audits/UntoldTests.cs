using Nonsmooth.Cli.Audits;
using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Tests.Audits;

/// <summary>Functions that say nothing of themselves are on the audit's page and in its JSON.</summary>
public sealed class UntoldTests
{
    private readonly AuditSheet _sheet = new(
        "quiet", "maxima", 8, "network", 0, [], [], [], [new("silent", "silent", null, null, null, null)], [], [], [], [], [],
        [new("silent", "silent"), new("head.mute", "mute")], false, true, false, [new("silent", "silent", "silent does not say where it has kinks")], "nonsmooth audit quiet");

    [Fact]
    public void TheVerdictNamesThem() => Golden.Check("audit-untold", MarkdownWriter.Of(Document()));

    [Fact]
    public void JsonListsThem() => Golden.Check("audit-untold-json", Json.Of(Document().Data));

    [Fact]
    public void ThePageHasATableOfThem() =>
        Assert.Contains("<h2>Of which the lint for traps can tell nothing</h2>", HtmlWriter.Of(Document()), StringComparison.Ordinal);

    private Document Document() => AuditDocument.Of(_sheet with { Verdict = AuditWords.Verdict(_sheet) });
}
