using Nonsmooth.Engines.Dialects;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Engines.Tests.Recordings;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Tests.Spellings;

public class SpellingCatalogueTests
{
    [Fact]
    public void HasEverySpellingThatEnginesWereAsked()
    {
        var asked = RealRecordings.List.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            RealRecordings.List.Select(s => (s.Name, s.Function, s.Kind, s.Inputs["f64"][0].Arguments.Count)).Order(),
            SpellingCatalogue.All.Where(s => asked.Contains(s.Name)).Select(s => (s.Name, s.Function, s.Kind, s.Arguments)).Order());
        Assert.True(SpellingCatalogue.All.Count >= asked.Count + 60);
    }

    [Fact]
    public void EverySpellingIsWrittenInPython() => Assert.All(SpellingCatalogue.All, s =>
    {
        Assert.Matches(@"^lambda E, [a-z](, [a-z])*: [^;{}]*$", s.Written);
        Assert.DoesNotMatch(@"\be\.|=>|static|\bnew\b|double|\bnull\b", s.Written);
    });

    [Fact]
    public void NamesAreUnique() => Assert.Equal(
        SpellingCatalogue.All.Count, SpellingCatalogue.All.Select(s => s.Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void IsSearchedByName()
    {
        Assert.Equal("hinge", SpellingCatalogue.Find("relu.hinge").Function);
        Assert.Contains("relu.higne", Assert.Throws<NonsmoothException>(() => SpellingCatalogue.Find("relu.higne")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("relu.maximum_0_x", "maximum(0, x)")]
    [InlineData("sort.dot", "dot(sort(x), [1, 2, 3])")]
    [InlineData("norm.inf", "norm(x, ∞)")]
    [InlineData("linalg.det", "det(x)")]
    public void IsShownWithoutWhatOnlyAnEngineNeeds(string name, string shown) => Assert.Equal(shown, SpellingCatalogue.Find(name).Shown);

    [Fact]
    public void SaysWhichFunctionIsMissing()
    {
        var expression = SpellingCatalogue.Find("ceil").Express(Dialect.Standard, [new Shape(3)]);
        Assert.Null(expression.Program);
        Assert.Equal("ceil", expression.Missing);
    }

    [Fact]
    public void ComposesAsTheDialectDoes()
    {
        var spelling = SpellingCatalogue.Find("clip");
        Assert.Equal(["clamp"], Functions(Dialect.Standard));
        Assert.Equal(["fill", "fill", "maximum", "minimum"], Functions(new JaxDialect()).Order());

        string[] Functions(Dialect dialect) => [.. spelling.Express(dialect, [new Shape(3)]).Program!.Nodes.Select(n => n.Function.Name)];
    }
}
