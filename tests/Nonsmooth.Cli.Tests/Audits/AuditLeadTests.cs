using Nonsmooth.Cli.Audits;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Tests.Audits;

/// <summary>The first sentence of an audit's page, in each case that a sheet allows.</summary>
public sealed class AuditLeadTests
{
    private static readonly ChoiceRow _ties = new("max-pool-ties", "how ties share", "first, or equally", null, null, ["pool"]), _relu = new("relu-at-zero", "the slope of ReLU at 0", "0 or 1", null, null, ["relu"]);

    private readonly AuditSheet _sheet = new(
        "net", "data", 8, "network", 0, [], [_ties], [], [new("pool", "max_pool2d", null, null, null, null)], [], [], [], [], [], [], false, true, false, [], "nonsmooth audit net");

    [Fact]
    public void WithoutAKinkThereIsNothingToChoose() =>
        Says("Nothing was left to choose: net has a derivative everywhere, so its gradient is what it is.", _sheet with { Layers = [], Choices = [] });

    [Fact]
    public void WithoutAChoiceNothingDepends()
    {
        Says("No choice that was asked about is one that net makes, so none of them changes its gradient.", _sheet with { Choices = [] });
        Says("No choice that was asked about is one that net makes, so none of them changes its gradient; of 2 nodes nobody can tell.", _sheet with { Choices = [], Fixed = [new("a", "f", "w"), new("b", "f", "w")] });
        Says("Nothing can be said yet: the audit was stopped before any choice was tried.", _sheet with { Choices = [], Interrupted = true });
    }

    [Theory]
    [InlineData(TrainingEffect.Unaffected, "training did not notice in 6 pairs of runs in 32 bits")]
    [InlineData(TrainingEffect.Affected, "training came out differently in 6 pairs of runs in 32 bits")]
    [InlineData(TrainingEffect.CannotTell, "whether training notices cannot be told from 6 pairs of runs in 32 bits")]
    public void TheWorstChoiceIsNamedAndWhatTrainingMadeOfIt(TrainingEffect effect, string said) => Says(
        $"In 32 bits, for 20 of 20 batches the gradient depends on a choice that nobody made, how ties share; {said}.",
        _sheet with { Choices = [_relu, _ties], Zones = [Zone("relu-at-zero", "f32", 5), Zone("max-pool-ties", "f16", 100), Zone("max-pool-ties", "f32", 100)], Training = [Trained(effect)] },
        ("batches that depend on a choice, 32 bits", "20 of 20"),
        ("the same, 16 bits (binary16)", "20 of 20"),
        ("change of test accuracy by training, points", "−0.25"));

    [Fact]
    public void OneAffectedChoiceIsEnough() => Says(
        "In 32 bits, for 1 of 20 batches the gradient depends on a choice that nobody made, how ties share; training came out differently in 6 pairs of runs in 32 bits.",
        _sheet with { Zones = [Zone("max-pool-ties", "f32", 5)], Training = [Trained(TrainingEffect.Unaffected), Trained(TrainingEffect.Affected)] });

    [Fact]
    public void WhereNoneDependsAnotherFormatMay()
    {
        var none = _sheet with { Zones = [Zone("max-pool-ties", "f16", 50), Zone("max-pool-ties", "f32", 0)] };
        Says("In 32 bits, for none of 20 batches does the gradient depend on a choice that nobody made, but in 16 bits (binary16) it does for 10 of 20; whether training notices was not tried.", none);
        Says("In 32 bits, for none of 20 batches does the gradient depend on a choice that nobody made; whether training notices was not tried; of 1 node nobody can tell.", none with { Zones = [Zone("max-pool-ties", "f32", 0)], Fixed = [new("a", "f", "w")] });
        Says("As far as it came before it was stopped: in 16 bits (binary16), for 10 of 20 batches the gradient depends on a choice that nobody made, how ties share; whether training notices was not tried.", none with { Zones = [Zone("max-pool-ties", "f16", 50)], Interrupted = true });
    }

    [Fact]
    public void OfWhatIsNotANumberNothingIsSaid() => Says(
        "In 32 bits, for 30 % of the batches the gradient is not a number, so nobody can tell what it depends on.",
        _sheet with { Zones = [Zone("max-pool-ties", "f32", 70) with { NotFinite = 30 }] },
        ("batches that depend on a choice, 32 bits", "cannot tell"),
        ("draws of the parameters", "10"),
        ("the gradient moves there by, of its length", "0.3 %"));

    private static ZoneRow Zone(string choice, string format, double bifurcation) => new(
        choice, format, 100 - bifurcation, 0, bifurcation, 10, 2, 100, null, "batches", "drawn", false, 1, null, null, null, null, 0, 0, 0.003, 1, null, null, null, 0, new Dictionary<int, int>());

    private static TrainingRow Trained(TrainingEffect effect) => new("max-pool-ties", "f32", 6, 100, -0.25, 0.01, null, 1, [0, 0], effect);

    private static void Says(string sentence, AuditSheet sheet, params (string Name, string Value)[] figures)
    {
        var lead = AuditLead.Of(sheet);
        Assert.Equal(sentence, lead.Sentence);
        if (figures.Length > 0)
        {
            Assert.Equal(figures, lead.Figures);
        }
    }
}
