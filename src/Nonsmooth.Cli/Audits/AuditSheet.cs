using Nonsmooth.Selections;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Audits;

/// <summary>Everything an audit found, as scripts read it; shares are percentages.</summary>
/// <param name="Network">The network.</param>
/// <param name="Data">The data set.</param>
/// <param name="Batch">Examples in a batch.</param>
/// <param name="Init">From what the parameters were drawn.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Verdict">The answer in words, a sentence a line.</param>
/// <param name="Choices">The choices that were tested.</param>
/// <param name="Zones">One row a choice and a format.</param>
/// <param name="Layers">One row a node with a kink.</param>
/// <param name="Training">What each choice does to training, as far as it was tried.</param>
/// <param name="Ties">The ties with the largest cotangents at the first draw, in 32 bits: where blame ends.</param>
/// <param name="Origins">Which ties of a format the same parameters and data have in 64 bits: one row a node and a format, at the first draw.</param>
/// <param name="Ranges">What 16-bit formats would make of each layer's numbers.</param>
/// <param name="Traps">Places that can give NaN or a huge gradient.</param>
/// <param name="Untold">Nodes of which the lint for traps can tell nothing.</param>
/// <param name="FlushToZero">Whether this executor takes subnormal numbers for 0.</param>
/// <param name="Replayed">Whether zones were told apart by replay; else by the calibrated threshold, or the published one.</param>
/// <param name="Interrupted">Whether it was stopped: then what is here was finished before.</param>
/// <param name="Fixed">Kinks, or functions that may have some, at which nobody can choose otherwise: node, function, why.</param>
/// <param name="Rerun">The command that gives the same numbers.</param>
internal sealed record AuditSheet(
    string Network,
    string Data,
    int Batch,
    string Init,
    ulong Seed,
    IReadOnlyList<string> Verdict,
    IReadOnlyList<ChoiceRow> Choices,
    IReadOnlyList<ZoneRow> Zones,
    IReadOnlyList<LayerRow> Layers,
    IReadOnlyList<TrainingRow> Training,
    IReadOnlyList<TieRow> Ties,
    IReadOnlyList<OriginRow> Origins,
    IReadOnlyList<RangeRow> Ranges,
    IReadOnlyList<TrapRow> Traps,
    IReadOnlyList<UntoldRow> Untold,
    bool FlushToZero,
    bool Replayed,
    bool Interrupted,
    IReadOnlyList<FixedRow> Fixed,
    string Rerun);

/// <summary>A kink, or a function that may have one, at which nobody can choose otherwise.</summary>
/// <param name="Node">The node.</param>
/// <param name="Function">Its function.</param>
/// <param name="Where">Where it is not differentiable, in words, or that nobody says.</param>
internal sealed record FixedRow(string Node, string Function, string Where);

/// <summary>A choice that some node makes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Topic">What is chosen.</param>
/// <param name="Sides">Both choices, the used one first.</param>
/// <param name="Point">What the other one takes at a kink; null where that depends on the kink.</param>
/// <param name="Rule">What the other one is as a rule; null where that depends on the function.</param>
/// <param name="Nodes">The nodes that make it.</param>
internal sealed record ChoiceRow(string Name, string Topic, string Sides, PointLabel? Point, RuleLabel? Rule, IReadOnlyList<string> Nodes);

/// <summary>Zones of one choice in one format.</summary>
/// <param name="Choice">The choice.</param>
/// <param name="Precision"><c>f16</c>, <c>bf16</c>, <c>f32</c> or <c>f64</c>.</param>
/// <param name="Equal">Pairs of a draw and a batch with the same numbers.</param>
/// <param name="Compensation">Pairs that differ as rounding makes them.</param>
/// <param name="Bifurcation">Pairs that differ beyond that, given the decisions of the format.</param>
/// <param name="ParameterDraws">Draws M.</param>
/// <param name="Batches">Batches Q of each draw.</param>
/// <param name="Population">All batches that those of a draw are drawn from.</param>
/// <param name="Interval">The 95 % interval of <paramref name="Bifurcation"/> as a share of <paramref name="Estimand"/>; null where there are too few draws, or where it is exact.</param>
/// <param name="Estimand">What <paramref name="Bifurcation"/> is an estimate of, in words.</param>
/// <param name="Independence">What was drawn how, and why there is no interval where there is none.</param>
/// <param name="Exact">Whether all batches were run at given parameters: then nothing is estimated.</param>
/// <param name="AffectedDraws">Draws with a batch that bifurcates.</param>
/// <param name="AffectedInterval">The 95 % interval of their share of all draws (Clopper and Pearson); null with fewer than 20.</param>
/// <param name="Published">Bifurcations by the published threshold; null for a format without one.</param>
/// <param name="Calibrated">By the threshold calibrated on this network; null where the control changed nothing.</param>
/// <param name="Threshold">The calibrated threshold, in Σ‖·‖∞.</param>
/// <param name="Control">The largest Σ‖·‖∞ of the program against itself.</param>
/// <param name="NotFinite">Pairs in which some entry of a gradient is NaN or infinite, under either choice.</param>
/// <param name="MeanRelative">The mean ‖g − h‖₂/‖g‖₂ over the pairs that bifurcate.</param>
/// <param name="LargestInfinity">The largest Σ‖·‖∞.</param>
/// <param name="Agreement">Pairs on which replay and the published threshold (else the calibrated one) agree; null without replay.</param>
/// <param name="LargestRounding">The largest replayed relative distance that counts as rounding; null without one.</param>
/// <param name="SmallestChoice">The smallest that counts as a choice; null without one.</param>
/// <param name="Zeros">Pairs at distance exactly 0, in the histogram of Σ‖·‖∞.</param>
/// <param name="Decades">The others by decade.</param>
internal sealed record ZoneRow(
    string Choice,
    string Precision,
    double Equal,
    double Compensation,
    double Bifurcation,
    int ParameterDraws,
    int Batches,
    int Population,
    double[]? Interval,
    string Estimand,
    string Independence,
    bool Exact,
    int AffectedDraws,
    double[]? AffectedInterval,
    double? Published,
    double? Calibrated,
    double? Threshold,
    double Control,
    double NotFinite,
    double MeanRelative,
    double LargestInfinity,
    double? Agreement,
    double? LargestRounding,
    double? SmallestChoice,
    int Zeros,
    IReadOnlyDictionary<int, int> Decades);

/// <summary>A node with a kink.</summary>
/// <param name="Name">The node.</param>
/// <param name="Function">Its function.</param>
/// <param name="TiedWindows">Places of its result that are exactly on a kink; null where that cannot be measured.</param>
/// <param name="Active">Those of all places that are on a kink and that backprop reaches with a nonzero cotangent; null where that cannot be told.</param>
/// <param name="Blame">The largest mean change of the gradient when this node alone chooses otherwise, in percent of its norm; null where blame was not asked for.</param>
/// <param name="BlameBy">The format and the choice of <paramref name="Blame"/>; null where nothing changed.</param>
internal sealed record LayerRow(string Name, string Function, double? TiedWindows, double? Active, double? Blame, string? BlameBy);

/// <summary>What a choice does to training.</summary>
/// <param name="Choice">The choice.</param>
/// <param name="Precision">The format.</param>
/// <param name="Seeds">Pairs of runs.</param>
/// <param name="Steps">Steps of each run.</param>
/// <param name="Accuracy">The mean change of the test accuracy, in points; NaN of a model that does not measure it.</param>
/// <param name="Loss">The mean change of the test loss.</param>
/// <param name="Interval">The 95 % interval of the former, or else of the latter, of the centre of changes that are symmetric about it; null with fewer than 6 pairs.</param>
/// <param name="Weights">How far the final parameters are apart: Σ‖θ − θ'‖₁, the mean over seeds.</param>
/// <param name="NotFinite">Runs that met a NaN or an infinity: under the choice that is used, and under the other.</param>
/// <param name="Effect">What that says.</param>
internal sealed record TrainingRow(
    string Choice, string Precision, int Seeds, int Steps, double Accuracy, double Loss, double[]? Interval, double Weights, int[] NotFinite, TrainingEffect Effect);

/// <summary>A tie that backprop reaches.</summary>
/// <param name="Node">The node.</param>
/// <param name="Batch">The batch.</param>
/// <param name="At">Its place in the node's result: sample, channel, row, column of a pooling layer.</param>
/// <param name="Value">The value that ties.</param>
/// <param name="Cotangent">The derivative of the loss in the result there.</param>
internal sealed record TieRow(string Node, int Batch, IReadOnlyList<int> At, double Value, double Cotangent);

/// <summary>Ties of one node in one format, beside those in 64 bits on the same parameters and data, place by place.</summary>
/// <param name="Node">The node; <c>total</c> for all.</param>
/// <param name="Precision">The format.</param>
/// <param name="Places">Places of its result.</param>
/// <param name="Kept">Those tied in the format and in 64 bits.</param>
/// <param name="Made">Those tied in the format alone: ties that rounding made.</param>
/// <param name="Lost">Those tied in 64 bits alone.</param>
internal sealed record OriginRow(string Node, string Precision, long Places, long Kept, long Made, long Lost);

/// <summary>What a 16-bit format would make of a layer's numbers, computed in 32 bits.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Pass"><c>forward</c> or <c>backward</c>.</param>
/// <param name="Largest">The largest magnitude.</param>
/// <param name="Overflow">Numbers that would be infinite, in percent, in binary16 and in bfloat16.</param>
/// <param name="Subnormal">Numbers that would lose precision, likewise.</param>
/// <param name="Underflow">Nonzero numbers that would become 0, likewise.</param>
internal sealed record RangeRow(string Layer, string Pass, double Largest, double[] Overflow, double[] Subnormal, double[] Underflow);

/// <summary>A place that can give NaN or a huge gradient.</summary>
internal sealed record TrapRow(string Node, string Kind, string What, string Mend);

/// <summary>A node of which the lint for traps can tell nothing, since its function says nothing of itself.</summary>
/// <param name="Node">The node.</param>
/// <param name="Function">Its function.</param>
internal sealed record UntoldRow(string Node, string Function);
