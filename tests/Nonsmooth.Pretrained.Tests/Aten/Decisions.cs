namespace Nonsmooth.Pretrained.Tests.Aten;

/// <summary>Where we differ from what PyTorch 2.13 recorded and keep to it: each call with the reason.</summary>
internal static class Decisions
{
    /// <summary>Among the samples.</summary>
    public static IReadOnlyDictionary<string, string> Samples { get; } = new Dictionary<string, string>
    {
        ["nn.functional.hardsigmoid#0"] = "PyTorch's slope is 1/6 rounded to 32 bits",
        ["logcumsumexp#1"] = "the first running sum is the element itself, whose derivative is its direction: PyTorch's forward mode loses digits of it",
    };

    /// <summary>Among the degenerate calls.</summary>
    public static IReadOnlyDictionary<string, string> Degenerate { get; } = new Dictionary<string, string>(
        Of("clamp's slope at its bounds, 1 in Clarke's [0, 1], where PyTorch's hardtanh takes 0", "nn.functional.hardtanh@2", "nn.functional.hardtanh@3", "nn.functional.hardtanh@5")
        .Concat(Of("PyTorch's slope is 1/6 rounded to 32 bits", "nn.functional.hardsigmoid@1", "nn.functional.hardsigmoid@2"))
        .Concat(Of("PyTorch's forward mode takes another side of a kink or a tie than its reverse mode, which ours is", "nn.functional.prelu@1", "nn.functional.prelu@2", "fmax@1", "fmax@2", "fmax@3", "fmax@4", "fmax@5", "clamp@8", "clamp@10"))
        .Concat(Of("PyTorch's forward mode has NaN at the origin, its reverse mode 0, as ours has", "nn.functional.lp_pool1d@2", "nn.functional.lp_pool2d@2", "atan2@1", "atan2@2", "atan2@3"))
        .Concat(Of("an impossible target: the loss is ∞ whatever the inputs are, with slope 0", "nn.functional.ctc_loss@1", "nn.functional.ctc_loss@2", "nn.functional.ctc_loss@3"))
        .Concat(Of("a power of order 3 without absolute values, as PyTorch has it: at a window of zeros the root's slope is infinite", "nn.functional.lp_pool1d@3", "nn.functional.lp_pool2d@3"))
        .Concat(Of("PyTorch counts the element that is not included among those that tie", "index_reduce:amax@11", "index_reduce:amax@12", "index_reduce:amin@15", "index_reduce:amin@16"))
        .Concat(Of("two equal bounds: the value is the lower as much as the upper", "clamp@9"))
        .Concat(Of("no slope at NaN is right: ours is the upper piece's", "abs@2"))
        .Concat(Of("no slope at NaN is right: ours goes to the NaN alone", "maximum@2", "minimum@2", "max:reduction_no_dim@6", "max:reduction_no_dim@7", "min:reduction_no_dim@6", "min:reduction_no_dim@7", "amax@3", "amin@3", "aminmax@3"))
        .Concat(Of("outside the domain, where the value is NaN, the slope is that of the formula", "logit@3"))
        .Concat(Of("the first running sum is the element itself, with slope 1 at infinities too, where PyTorch's forward mode has 0 and its reverse mode NaN", "logcumsumexp@1", "logcumsumexp@2"))
        .Concat(Of("0 · ∞ is 0 where the limit is", "special.xlog1py@1"))
        .Concat(Of("a pole: the slopes are the same, summed in another order", "div:no_rounding_mode@1"))
        .Concat(Of("which of equals are the k first is not said: ours are those that come first", "topk@2", "topk@4", "topk@5", "topk@6", "topk@7"))
        .Concat(Of("+∞ among the terms: softmax is NaN there, for all of them", "logsumexp@3"))
        .Concat(Of("a correction of the count or more: there is no variance, and no slope", "std@4", "std@5", "var@4", "var@5"))
        .Concat(Of("a spread of 1e-6 on a mean of 1e8: ours is right to the last digit, PyTorch's mean is rounded to 3 %", "std@7", "var@7"))
        .Concat(Of("ties of the ∞-norm are shared equally, as by PyTorch's own norm", "nn.functional.lp_pool2d@4", "cdist@6"))
        .Concat(Of("a norm below eps is bounded, and so is its slope: PyTorch bounds the value alone", "nn.functional.cosine_similarity@4"))
        .Concat(Of("a variance below eps is bounded, and its slope 0: PyTorch bounds the value alone", "nn.functional.gaussian_nll_loss@1", "nn.functional.gaussian_nll_loss@2", "nn.functional.gaussian_nll_loss@3"))
        .Concat(Of("PyTorch's 1e-12 is rounded to 32 bits", "nn.functional.cosine_embedding_loss@1", "nn.functional.cosine_embedding_loss@2", "nn.functional.cosine_embedding_loss@3")));

    private static IEnumerable<KeyValuePair<string, string>> Of(string reason, params string[] calls) => calls.Select(c => KeyValuePair.Create(c, reason));
}
