namespace Nonsmooth.Reliability.Tests.Profiles;

/// <summary>Section 5 of the reliability specification, typed: what its columns say at each point.</summary>
internal static class SpecificationColumns
{
    private const double _nan = double.NaN;
    private const double _inf = double.PositiveInfinity;
    private const double _selu = 1.0507009873554805;
    private const double _seluLeft = _selu * 1.6732632423543772;

    public static IReadOnlyDictionary<string, double[]> LibTorch { get; } = new Dictionary<string, double[]>
    {
        ["relu@0"] = [0], ["relu@-0"] = [0], ["relu@nan"] = [1], ["relu6@0"] = [0], ["relu6@6"] = [0],
        ["leaky_relu@0"] = [0.1], ["prelu@0"] = [0.25], ["rrelu@0"] = [0.2], ["elu1@0"] = [1], ["elu2@0"] = [2],
        ["selu@0"] = [_seluLeft], ["celu2@0"] = [1], ["hardtanh@-1"] = [0], ["hardtanh@1"] = [0],
        ["hardsigmoid@-3"] = [0], ["hardsigmoid@3"] = [0], ["hardswish@-3"] = [0], ["hardswish@3"] = [1],
        ["hardshrink@-0.5"] = [0], ["hardshrink@0.5"] = [0], ["softshrink@-0.5"] = [0], ["softshrink@0.5"] = [0],
        ["threshold@0"] = [0], ["softsign@0"] = [1], ["abs@0"] = [0], ["sign@0"] = [0], ["round@0.5"] = [0],
        ["floor@1"] = [0], ["ceil@1"] = [0], ["trunc@1"] = [0], ["frac@1"] = [1], ["fmod@1"] = [1], ["remainder@1"] = [1],
        ["clamp@lo"] = [1], ["clamp@hi"] = [1], ["clamp_min@0"] = [1], ["clamp_max@0.5"] = [1], ["clamp00@0"] = [1],
        ["maximum@tie"] = [0.5, 0.5], ["minimum@tie"] = [0.5, 0.5], ["maximum_x0@0"] = [0.5], ["fmax@tie"] = [1, 0], ["fmin@tie"] = [1, 0],
        ["max@tie"] = [0.5, 0.5, 0], ["min@tie"] = [0.5, 0.5, 0], ["amax@tie"] = [0.5, 0.5, 0], ["amin@tie"] = [0.5, 0.5, 0],
        ["max_dim@tie"] = [1, 0, 0], ["min_dim@tie"] = [1, 0, 0], ["argmax@tie"] = [1, 0, 0],
        ["max_pool1d@tie"] = [1, 0, 0, 0], ["max_pool2d@tie"] = [1, 0, 0, 0], ["max_pool3d@tie"] = [1, 0, 0, 0, 0, 0, 0, 0],
        ["adaptive_max_pool2d@tie"] = [1, 0, 0, 0], ["max_pool2d@nan"] = [0, 1, 0, 0], ["lp_pool2d@0"] = [0, 0, 0, 0],
        ["median@even"] = [0, 0, 0, 1], ["median@tie"] = [0.5, 0.5, 0], ["nanmedian@tie"] = [0.5, 0.5, 0],
        ["mode@tie"] = [0, 1, 0], ["quantile@tie"] = [0, 1, 0], ["quantile@even"] = [0, 0, 0.5, 0.5],
        ["sort@tie"] = [1, 2, 3], ["topk@tie"] = [0, 1, 1, 0], ["cummax@tie"] = [1, 2, 0, 1], ["cummin@tie"] = [1, 2, 0, 1],
        ["prod@one-zero"] = [0, 6, 0], ["prod@two-zeros"] = [0, 0, 0], ["cumprod@one-zero"] = [1, 8, 0],
        ["norm2@0"] = [0, 0], ["vector_norm@0"] = [0, 0], ["by_hand@0"] = [_nan, _nan], ["cdist@same"] = [0, 0], ["dist@same"] = [0, 0],
        ["norminf@tie"] = [0.5, -0.5, 0], ["norminf@0"] = [0, 0, 0], ["norm0.5@0"] = [0, 1],
        ["sqrt@0"] = [_inf], ["pow_half@0"] = [_inf], ["rsqrt@0"] = [-_inf], ["reciprocal@0"] = [-_inf], ["log@0"] = [_inf],
        ["pow@0,0"] = [0, 0], ["xlogy@0"] = [_nan], ["entr@0"] = [_inf], ["asin@1"] = [_inf], ["acosh@1"] = [_inf], ["atanh@1"] = [_inf],
        ["hypot@0,0"] = [_nan, _nan], ["atan2@0,0"] = [0, -0.0], ["where_gt@0"] = [0], ["where_ge@0"] = [1], ["where_sqrt@0"] = [_nan],
        ["l1@0"] = [0], ["smooth_l1@1"] = [1], ["huber@1"] = [1], ["hinge@1"] = [-1], ["multi_margin@kink"] = [0, 0],
        ["hinge_embedding@1"] = [-1], ["margin_ranking@tie"] = [-1, 1],
        ["pairwise_distance@same"] = [Math.Sqrt(0.5), Math.Sqrt(0.5)], ["cosine_similarity@0"] = [4e7, 8e7, 0, -4e7, 2e7],
        ["normalize@0"] = [1e12, 1e12], ["logsumexp@-inf"] = [_nan, _nan], ["logsumexp@tie"] = [0.5, 0.5], ["logaddexp@tie"] = [0.5, 0.5],
        ["std@equal"] = [0, 0, 0], ["svdvals@repeated"] = [1, 0, 0, 1], ["eigvalsh@repeated"] = [1, 0, 0, 1], ["det@singular"] = [0, 0, 0, 0],
        ["relu2@0"] = [1], ["relu3@0"] = [0.5], ["zero@0"] = [1],
    };

    /// <summary>Where libtorch, measured, is not what the specification says; each row's remark says why.</summary>
    public static IReadOnlyDictionary<string, double[]> Disagreements { get; } = new Dictionary<string, double[]>
    {
        ["kthvalue@tie"] = [0, 1, 0],
    };

    public static IReadOnlyDictionary<string, double[]> Jax { get; } = new Dictionary<string, double[]>
    {
        ["relu@0"] = [0], ["relu@nan"] = [0], ["relu6@0"] = [0], ["relu6@6"] = [0], ["leaky_relu@0"] = [1], ["elu1@0"] = [1], ["elu2@0"] = [2],
        ["selu@0"] = [_seluLeft], ["celu2@0"] = [1], ["hardtanh@-1"] = [1], ["hardtanh@1"] = [1], ["hardsigmoid@3"] = [0],
        ["hardswish@-3"] = [0], ["hardswish@3"] = [1], ["softsign@0"] = [1], ["abs@0"] = [1], ["sign@0"] = [0], ["round@0.5"] = [0],
        ["frac@1"] = [1], ["clamp@lo"] = [0.5], ["clamp@hi"] = [0.5], ["maximum@tie"] = [0.5, 0.5], ["maximum_x0@0"] = [0.5],
        ["max@tie"] = [0.5, 0.5, 0], ["amin@tie"] = [0.5, 0.5, 0], ["max_dim@tie"] = [0.5, 0.5, 0], ["argmax@tie"] = [1, 0, 0],
        ["max_pool2d@tie"] = [1, 0, 0, 0], ["median@even"] = [0, 0, 0.5, 0.5], ["sort@tie"] = [1, 2, 3], ["norm2@0"] = [_nan, _nan],
        ["by_hand@0"] = [_nan, _nan], ["norminf@tie"] = [0.5, -0.5, 0], ["sqrt@0"] = [_inf], ["log@0"] = [_inf], ["where_gt@0"] = [0],
        ["where_ge@0"] = [1], ["where_sqrt@0"] = [_nan], ["l1@0"] = [1], ["smooth_l1@1"] = [1], ["huber@1"] = [1], ["hinge@1"] = [-0.5],
        ["std@equal"] = [_nan, _nan, _nan], ["relu2@0"] = [1], ["relu3@0"] = [0.5], ["zero@0"] = [1],
    };

    public static IReadOnlyDictionary<string, double[]> TensorFlow { get; } = new Dictionary<string, double[]>
    {
        ["relu@0"] = [0], ["relu@nan"] = [0], ["relu6@0"] = [0], ["relu6@6"] = [0], ["elu1@0"] = [1], ["selu@0"] = [_selu],
        ["hardtanh@1"] = [1], ["hardsigmoid@-3"] = [0], ["softsign@0"] = [1], ["abs@0"] = [0], ["sign@0"] = [0], ["remainder@1"] = [1],
        ["clamp@lo"] = [1], ["clamp@hi"] = [1], ["maximum@tie"] = [1, 0], ["minimum@tie"] = [1, 0], ["maximum_x0@0"] = [1], ["maximum_0x@0"] = [0],
        ["max@tie"] = [0.5, 0.5, 0], ["max_dim@tie"] = [0.5, 0.5, 0], ["argmax@tie"] = [1, 0, 0], ["max_pool2d@tie"] = [1, 0, 0, 0],
        ["norm2@0"] = [_nan, _nan], ["by_hand@0"] = [_nan, _nan], ["sqrt@0"] = [_inf], ["log@0"] = [_inf],
        ["l1@0"] = [0], ["smooth_l1@1"] = [1], ["hinge@1"] = [-1], ["std@equal"] = [_nan, _nan, _nan], ["zero@0"] = [1],
    };

    /// <summary>Where the recording of TensorFlow is not what the specification says: a slope of 32 bits, and a masked root.</summary>
    public static IReadOnlyDictionary<string, double[]> TensorFlowRecorded { get; } = new Dictionary<string, double[]>
    {
        ["leaky_relu@0"] = [0.1f], ["where_sqrt@0"] = [0],
    };

    public static IReadOnlyDictionary<string, double[]> LibTorchNext { get; } = new Dictionary<string, double[]>
    {
        ["clamp@lo"] = [0], ["clamp@hi"] = [0], ["clamp_min@0"] = [0], ["clamp_max@0.5"] = [0], ["maximum_x0@0"] = [0.5], ["relu@0"] = [0],
    };
}
