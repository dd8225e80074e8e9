using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Losses: ATen's, which number reductions, and Python's functions, which name them and have two outdated arguments more.</summary>
internal static class LossRows
{
    private const string _old = "size_average=None, reduce=None";

    public static IEnumerable<AtenOperator> Rows =>
    [
        .. Loss("mse_loss", "self, target", "", (call, x, y) => F.Square(F.Subtract(x, y))),
        .. Loss("l1_loss", "self, target", "", (call, x, y) => F.Abs(F.Subtract(x, y))),
        .. Loss("smooth_l1_loss", "self, target", "beta=1.0", (call, x, y) => LossTerms.SmoothL1(x, y, call.Number("beta"))),
        .. Loss("huber_loss", "self, target", "delta=1.0", (call, x, y) => LossTerms.Huber(x, y, call.Number("delta"))),
        .. Loss("kl_div", "self, target", "log_target=False", (call, x, y) => LossTerms.KullbackLeibler(x, y, call.Flag("log_target"))),
        .. Loss("soft_margin_loss", "self, target", "", (call, x, y) => LossTerms.SoftMargin(x, y)),
        .. Loss("multilabel_soft_margin_loss", "self, target, weight=None", "", (call, x, y) => LossTerms.MultilabelSoftMargin(x, y, call.RealOrNone("weight"))),
        .. Loss("hinge_embedding_loss", "self, target", "margin=1.0", (call, x, y) => LossTerms.HingeEmbedding(x, y, call.Number("margin"))),
        .. Loss("binary_cross_entropy", "self, target, weight=None", "", (call, x, y) => Weighted(call, LossTerms.BinaryCrossEntropy(x, y))),
        .. Loss("binary_cross_entropy_with_logits", "self, target, weight=None", "pos_weight=None", (call, x, y) => Weighted(call, LossTerms.BinaryCrossEntropyWithLogits(x, y, call.RealOrNone("pos_weight")))),
        .. Loss("poisson_nll_loss", "self, target", "log_input=True, full=False, eps=1e-8", (call, x, y) => LossTerms.PoissonNll(x, y, call.Flag("log_input"), call.Flag("full"), call.Number("eps"))),
        new("nn.functional.gaussian_nll_loss", "self, target, var, full=False, eps=1e-6, reduction='mean'", call => Reduced(call, LossTerms.GaussianNll(
            call.Real("self"), call.Real("target"), Variances(call), call.Flag("full"), call.Number("eps")))),
        .. Three("margin_ranking_loss", "input1, input2, target", "margin=0.0", (call, a, b, y) => LossTerms.MarginRanking(a, b, y, call.Number("margin"))),
        .. Three("cosine_embedding_loss", "input1, input2, target", "margin=0.0", (call, a, b, y) => LossTerms.CosineEmbedding(a, b, y, call.Number("margin"))),
        .. Three("triplet_margin_loss", "anchor, positive, negative", "margin=1.0, p=2.0, eps=1e-6, swap=False", (call, a, p, n) => LossTerms.TripletMargin(
            a, p, n, call.Number("margin"), call.Number("p"), call.Number("eps"), call.Flag("swap"))),
        new("nn.functional.triplet_margin_with_distance_loss", "anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction='mean'", call => call.Has("distance_function")
            ? throw call.Lacks("no distance of one's own")
            : Reduced(call, LossTerms.TripletMargin(call.Real("anchor"), call.Real("positive"), call.Real("negative"), call.Number("margin"), swap: call.Flag("swap")))),
        new("multi_margin_loss", "self, target, p=1, margin=1.0, weight=None, reduction=1", MultiMargin),
        new("nn.functional.multi_margin_loss", $"self, target, p=1, margin=1.0, weight=None, {_old}, reduction='mean'", MultiMargin),
        .. new AtenOperator("nll_loss", "self, target, weight=None, reduction=1, ignore_index=-100", Nll).Named("nll_loss_nd", "nll_loss2d"),
        new("nn.functional.nll_loss", "self, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'", Nll),
        new("ctc_loss", "log_probs, targets, input_lengths, target_lengths, blank=0, reduction=1, zero_infinity=False", Ctc),
        new("nn.functional.ctc_loss", "log_probs, targets, input_lengths, target_lengths, blank=0, reduction='mean', zero_infinity=False", Ctc),
        new("cross_entropy_loss", "self, target, weight=None, reduction=1, ignore_index=-100, label_smoothing=0.0", CrossEntropy),
        new("nn.functional.cross_entropy", "self, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0", CrossEntropy),
    ];

    /// <summary>The terms of a loss reduced.</summary>
    internal static Variable Reduced(AtenCall call, Variable terms) => call["reduction"] switch
    {
        "none" or 0L => terms,
        "mean" or 1L => terms.Mean(),
        "sum" or 2L => terms.Sum(),
        "batchmean" => F.Scale(terms.Sum(), 1.0 / terms.Shape[0]),
        _ => throw call.Lacks("a reduction: none, mean or sum"),
    };

    private static Variable Reduced(AtenCall call, (Variable Terms, Variable Weights) loss) => call["reduction"] is "mean" or 1L
        ? F.Divide(loss.Terms.Sum(), loss.Weights.Sum())
        : Reduced(call, loss.Terms);

    private static IEnumerable<AtenOperator> Loss(string name, string head, string tail, Func<AtenCall, Variable, Variable, Variable> terms) =>
        Both(name, head, tail, call =>
        {
            var common = Shapes.Common(call.Real("self"), call.Real("target"));
            return Reduced(call, terms(call, Broadcasting.To(call.Real("self"), common), Broadcasting.To(call.Real("target"), common)));
        });

    private static IEnumerable<AtenOperator> Three(string name, string head, string tail, Func<AtenCall, Variable, Variable, Variable, Variable> terms)
    {
        string[] names = head.Split(", ");
        return Both(name, head, tail, call => Reduced(call, terms(call, call.Real(names[0]), call.Real(names[1]), call.Real(names[2]))), tailFirst: true);
    }

    private static IEnumerable<AtenOperator> Both(string name, string head, string tail, Func<AtenCall, Variable> apply, bool tailFirst = false)
    {
        string more = tail.Length > 0 ? $", {tail}" : "";
        yield return new(name, tailFirst ? $"{head}{more}, reduction=1" : $"{head}, reduction=1{more}", apply);
        yield return new($"nn.functional.{name}", $"{head}{(tailFirst ? more : "")}, {_old}, reduction='mean'{(tailFirst ? "" : more)}", apply);
    }

    private static Variable Weighted(AtenCall call, Variable terms) => call.RealOrNone("weight") is { } weight ? F.Multiply(weight, terms) : terms;

    // A variance may be a number, and may lack the last axis.
    private static Variable Variances(AtenCall call)
    {
        var (x, variance) = (call.Real("self"), call.Real("var"));
        return variance.Shape.Rank == x.Shape.Rank - 1 && variance.Shape.Rank > 0 && variance.Shape.Equals(x.Shape[..^1])
            ? variance.Reshape(variance.Shape.Concat(new Shape(1)))
            : variance;
    }

    private static Variable MultiMargin(AtenCall call)
    {
        var (x, y) = (call.Real("self"), call.Tensor("target"));
        x = x.Shape.Rank == 0 ? x.Reshape(new Shape(1)) : x;
        y = x.Shape.Rank == 1 ? y.Reshape(Shape.Scalar) : y;
        var terms = LossTerms.MultiMargin(x, y, call.Number("p"), call.Number("margin"), call.RealOrNone("weight"));
        return Reduced(call, terms);
    }

    private static Variable Nll(AtenCall call) =>
        Reduced(call, Likelihoods.Nll(call.Real("self"), call.Tensor("target"), call.RealOrNone("weight"), call.Integer("ignore_index")));

    private static Variable Ctc(AtenCall call)
    {
        var (x, targets, lengths) = (call.Real("log_probs"), call.Tensor("targets"), Lengths(call, "target_lengths"));
        bool alone = x.Shape.Rank == 2;
        x = alone ? x.Reshape(new Shape(x.Shape[0], 1, x.Shape[1])) : x;
        targets = targets.Shape.Rank == 2 ? targets
            : x.Shape[1] == 1 ? targets.Reshape(new Shape(1, targets.Shape.Elements))
            : throw call.Lacks("targets N×L");
        var loss = ConnectionistLoss.Ctc(x, targets, Lengths(call, "input_lengths"), lengths, call.Integer("blank"));
        loss = call.Flag("zero_infinity") ? F.Where(F.Equal(loss, double.PositiveInfinity), 0.0, loss) : loss;
        loss = call["reduction"] is "mean" or 1L ? F.Divide(loss, F.Clamp(F.Cast(lengths.Reshape(loss.Shape), ElementKind.Real), lower: 1)) : loss;
        return Reduced(call, alone && call["reduction"] is "none" or 0L ? loss.Reshape(Shape.Scalar) : loss);
    }

    private static Variable Lengths(AtenCall call, string name) => call[name] is Variable v
        ? v.Reshape(new Shape(v.Shape.Elements))
        : call.Builder.Constant(Tensor.Of(new Shape(call.Integers(name).Length), Array.ConvertAll(call.Integers(name), i => (long)i)));

    private static Variable CrossEntropy(AtenCall call)
    {
        var (x, target, weight, smoothing) = (call.Real("self"), call.Tensor("target"), call.RealOrNone("weight"), call.Number("label_smoothing"));
        if (target.Type.Kind == ElementKind.Index)
        {
            return Reduced(call, Likelihoods.CrossEntropy(x, target, weight, call.Integer("ignore_index"), smoothing));
        }

        var terms = Likelihoods.CrossEntropyOfProbabilities(x, target, weight, smoothing);
        return Reduced(call, terms);
    }
}
