using Nonsmooth.Engines.Protocol;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Autograd;
using static Nonsmooth.LibTorch.Autograd.AutogradArgument;

namespace Nonsmooth.Reliability.Engines;

/// <summary>The operations of spellings as libtorch's operators.</summary>
/// <remarks>
/// Operators with <c>Scalar</c> arguments are called by their C++ symbols. Each is what <c>torch</c> and <c>torch.nn.functional</c> call under that
/// name; where those compose several, so does the row. What throws behind a symbol ends the process: formats that such an operator lacks are refused here.
/// </remarks>
internal static class LibTorchOperations
{
    private const string _scaled = "S4_RKN3c106ScalarE";
    private const string _bounds = "RKSt8optionalIN3c106ScalarEESA_";
    private const string _margins = "S4_RKN3c106ScalarES8_RKSt8optionalIS2_El";
    private const long _none = 0;

    // As it is called, and the operator's overload.
    private static readonly Dictionary<string, string> _plain = Names(
        "relu abs sign sqrt rsqrt exp log log1p expm1 sin cos cosh tanh square acos asin acosh atanh asinh atan erf erfc sigmoid floor ceil round trunc frac hardsigmoid hardswish relu6 selu mish sinc neg max min median nanmedian maximum minimum fmax fmin hypot atan2 logaddexp dot diag",
        "logsigmoid=log_sigmoid entr=special_entr fabs=absolute relu_module=relu m_det=linalg_det");

    private static readonly Dictionary<string, string> _ofTensors = Names("copysign fmod remainder xlogy mul div gt ge lt le", "equal=eq");

    private static readonly Dictionary<string, string> _withNumbers = Names("leaky_relu celu threshold hardtanh softshrink hardshrink", "");

    private static readonly Dictionary<string, Func<AutogradTensor, IReadOnlyList<object?>, AutogradTensor>> _others = new(StringComparer.Ordinal)
    {
        ["add"] = (x, r) => x.CallSymbol("add_Tensor", _scaled, Tensor(x, r[0]), 1.0),
        ["sub"] = (x, r) => x.CallSymbol("sub_Tensor", _scaled, Tensor(x, r[0]), 1.0),
        ["power"] = (x, r) => x.CallScalars("pow_Tensor_Scalar", (double)r[0]!),
        ["pow"] = (x, r) => x.Call("pow", "Tensor_Tensor", Tensor(x, r[0])),
        ["full"] = (x, r) => Full(x, (double)r[0]!),
        ["elu"] = (x, r) => x.CallScalars("elu", (double)r[0]!, 1, 1),
        ["softplus"] = (x, _) => x.CallScalars("softplus", 1, 20),
        ["prelu"] = (x, r) => x.Call("prelu", "", x.Constant([(double)r[0]!], 1)),
        ["rrelu_eval"] = (x, r) => x.CallSymbol("rrelu", "RKN3c106ScalarES8_bSt8optionalINS_9GeneratorEE", r[0], r[1], 0L, null),
        ["heaviside"] = (x, r) => x.Call("heaviside", "", Full(x, (double)r[0]!)),
        ["clip"] = (x, r) => x.CallSymbol("clamp", _bounds, r[0], r[1]),
        ["clip_tensor"] = (x, r) => x.Call("clamp", "Tensor", Optional(r[0]), Optional(r[1])),
        ["maximum_scalar"] = (x, r) => x.Call("maximum", "", Full(x, (double)r[0]!)),
        ["quick_gelu"] = (x, _) => x.Call("mul", "Tensor", x.Call("mul", "Tensor", x.Constant([1.702])).Call("sigmoid", "")),
        ["where"] = (c, r) => c.Call("where", "self", Tensor(c, r[0]), Tensor(c, r[1])),
        ["as_float"] = (c, r) => c.Call("where", "self", Full((AutogradTensor)r[0]!, 1), Full((AutogradTensor)r[0]!, 0)),
        ["nan_to_num"] = (x, _) => x.Call("nan_to_num", "", None, None, None),
        ["stop_gradient"] = (x, _) => x.Call("detach", ""),
        ["l1_loss"] = (x, r) => x.Call("l1_loss", "", Tensor(x, r[0]), _none),
        ["huber"] = (x, r) => x.Call("huber_loss", "", Tensor(x, r[0]), _none, (double)r[1]!),
        ["smooth_l1"] = (x, r) => r[1] is 0.0 ? x.Call("l1_loss", "", Tensor(x, r[0]), _none) : x.Call("smooth_l1_loss", "", Tensor(x, r[0]), _none, (double)r[1]!),
        ["fake_quantize"] = (x, r) => x.Call("fake_quantize_per_tensor_affine", "", (double)r[0]!, Whole(r[1]), Whole(r[2]), Whole(r[3])),
        ["at"] = (x, r) => x.Call("select", "int", 0, Whole(r[0])),
        ["at_last"] = (x, r) => x.Call("select", "int", -1, Whole(r[0])),
        ["between"] = (x, r) => x.Call("slice", "Tensor", 0, Some(Whole(r[0])), r[1] is null ? None : Some(Whole(r[1])), 1),
        ["as_column"] = (x, _) => x.Call("unsqueeze", "", 1),
        ["as_row"] = (x, _) => x.Call("unsqueeze", "", 0),
        ["sum"] = (x, _) => x.Call("sum", "", None),
        ["mean"] = (x, _) => x.Call("mean", "", None),
        ["prod"] = (x, _) => x.Call("prod", "", None),
        ["amax"] = (x, _) => x.Call("amax", "", List(), false),
        ["amin"] = (x, _) => x.Call("amin", "", List(), false),
        ["max_axis"] = (x, _) => x.CallMany("max", "dim", 2, 0, false)[0],
        ["min_axis"] = (x, _) => x.CallMany("min", "dim", 2, 0, false)[0],
        ["take_argmax"] = (x, _) => x.Call("gather", "", 0, x.Call("argmax", "", Some(0), true), false),
        ["take_argmin"] = (x, _) => x.Call("gather", "", 0, x.Call("argmin", "", Some(0), true), false),
        ["max0"] = (x, _) => x.CallMany("max", "dim", 2, 0, false)[0],
        ["amax0"] = (x, _) => x.Call("amax", "", List(0), false),
        ["sum0"] = (x, _) => x.Call("sum", "dim_IntList", SomeList(0), false, None),
        ["median0"] = (x, _) => x.CallMany("median", "dim", 2, 0, false)[0],
        ["sort0"] = (x, _) => x.CallMany("sort", "stable", 2, Some(true), 0, false)[0],
        ["sort"] = (x, _) => x.CallMany("sort", "stable", 2, Some(true), -1, false)[0],
        ["sort_descending"] = (x, _) => x.CallMany("sort", "stable", 2, Some(true), -1, true)[0],
        ["gather_argsort"] = (x, _) => x.Call("gather", "", 0, x.Call("argsort", "stable", true, 0, false), false),
        ["topk"] = (x, r) => x.CallMany("topk", "", 2, Whole(r[0]), -1, true, true)[0],
        ["topk_last"] = (x, r) => x.CallMany("topk", "", 2, Whole(r[0]), -1, true, true)[0],
        ["kthvalue"] = (x, r) => x.CallMany("kthvalue", "", 2, Whole(r[0]), -1, false)[0],
        ["mode"] = (x, _) => x.CallMany("mode", "", 2, -1, false)[0],
        ["quantile"] = (x, r) => x.Call("quantile", "", x.Constant([(double)r[0]!]), None, false, Text("linear")),
        ["cummax"] = (x, _) => x.CallMany("cummax", "", 2, 0)[0],
        ["cummin"] = (x, _) => x.CallMany("cummin", "", 2, 0)[0],
        ["cumprod"] = (x, _) => x.Call("cumprod", "", 0, None),
        ["logcumsumexp"] = (x, _) => x.Call("logcumsumexp", "", 0),
        ["logsumexp"] = (x, _) => x.Call("logsumexp", "", List(0), false),
        ["logsumexp0"] = (x, _) => x.Call("logsumexp", "", List(0), false),
        ["softmax"] = (x, _) => x.Call("softmax", "int", 0, None),
        ["log_softmax"] = (x, _) => x.Call("log_softmax", "int", 0, None),
        ["norm"] = (x, r) => x.CallScalars("norm_Scalar", (double)r[0]!),
        ["normalize"] = (x, _) => x.Call("div", "Tensor", x.CallScalars("norm_Scalar", 2).CallScalars("clamp_min", 1e-12)),
        ["var"] = (x, _) => x.Call("var", "", true),
        ["std"] = (x, _) => x.Call("std", "", true),
        ["cosine_similarity"] = (x, r) => x.Call("cosine_similarity", "", Tensor(x, r[0]), 0, 1e-8),
        ["multi_margin"] = (x, r) => x.Dtype is not (TorchDtype.Float64 or TorchDtype.Float32) ? throw new CannotException("no multi_margin in 16 bits") : x.Call("unsqueeze", "", 0).CallSymbol("multi_margin_loss", _margins, x.Whole([Whole(r[0])], 1), 1.0, 1.0, null, 1L),
        ["hinge_embedding"] = (x, _) => x.Call("hinge_embedding_loss", "", Full(x, -1), 1.0, _none),
        ["margin_ranking"] = (x, r) => x.Call("margin_ranking_loss", "", Tensor(x, r[0]), Full(x, 1), 0.0, _none),
        ["cdist"] = (x, r) => x.Call("unsqueeze", "", 0).Call("cdist", "", Tensor(x, r[0]).Call("unsqueeze", "", 0), 2.0, None),
        ["dist"] = (x, r) => x.CallSymbol("dist", _scaled, Tensor(x, r[0]), 2.0),
        ["pairwise_distance"] = (x, r) => x.Call("pairwise_distance", "", Tensor(x, r[0]), 2.0, 1e-6, false),
        ["cdist_rows"] = (x, r) => x.Call("unsqueeze", "", 1).Call("cdist", "", x.Call("unsqueeze", "", 1), (double)r[0]!, None),
        ["row"] = (x, r) => x.Constant(Numbers(r[0]), Numbers(r[0]).Length),
        ["one_cold"] = (x, r) => x.Constant([.. Enumerable.Range(0, (int)x.Sizes[0]).Select(i => i == Whole(r[0]) ? 0.0 : 1)], x.Sizes[0]),
        ["renorm"] = (x, r) => x.Call("unsqueeze", "", 0).CallSymbol("renorm", "RKN3c106ScalarElS8_", 2.0, 0L, r[0]).Call("select", "int", 0, 0),
        ["max_pool2d"] = (x, r) => Pool(x, Whole(r[0]), Whole(r[1]), Whole(r[2]), false),
        ["max_pool2d_ceil"] = (x, r) => Pool(x, Whole(r[0]), Whole(r[1]), 0, true),
        ["max_pool1d"] = (x, r) => x.Call("max_pool1d", "", List(Whole(r[0])), List(Whole(r[1])), List(0), List(1), false),
        ["avg_pool2d"] = (x, r) => x.Call("avg_pool2d", "", List(Whole(r[0]), Whole(r[0])), List(Whole(r[1]), Whole(r[1])), List(Whole(r[2]), Whole(r[2])), false, true, None),
        ["max_pool3d"] = (x, r) => x.Call("max_pool3d", "", Cube(r[0]), Cube(r[0]), List(0, 0, 0), List(1, 1, 1), false),
        ["lp_pool2d"] = (x, r) => LpPool(x, Whole(r[0])),
        ["adaptive_max_pool2d"] = (x, r) => x.CallMany("adaptive_max_pool2d", "", 2, List(Whole(r[0]), Whole(r[0])))[0],
        ["global_max"] = (x, _) => x.Call("amax", "", List(2, 3), false),
        ["reshape_max"] = (x, _) => x.Call("reshape", "", List(2, 2, 2, 2)).Call("amax", "", List(1, 3), false),
        ["m_slogdet"] = (x, _) => x.CallMany("linalg_slogdet", "", 2)[1],
        ["m_svdvals"] = (x, _) => x.Call("linalg_svdvals", "", None),
        ["m_eigvalsh"] = (x, _) => x.Call("linalg_eigvalsh", "", Text("L")),
        ["m_inv"] = (x, _) => x.Call("linalg_inv", ""),
        ["m_norm_fro"] = (x, _) => x.Call("linalg_norm", "", None, None, false, None),
    };

    public static object? Apply(string name, IReadOnlyList<object?> arguments)
    {
        if (name is "stack" or "stack_last")
        {
            var all = ((IReadOnlyList<object?>)arguments[0]!).Cast<AutogradTensor>().ToList();
            return all[0].CallList("stack", [.. all.Skip(1)], name == "stack" ? 0 : -1);
        }

        // A number stands first in 1 − x; its operand is a tensor.
        var tensor = arguments.OfType<AutogradTensor>().FirstOrDefault() ?? throw new CannotException($"no {name} of numbers");
        var x = Tensor(tensor, arguments[0]);
        object?[] rest = [.. arguments.Skip(1)];
        return _plain.TryGetValue(name, out string? plain) ? x.Call(plain, "", [.. rest.Select(r => (AutogradArgument)Tensor(tensor, r))])
            : _ofTensors.TryGetValue(name, out string? two) ? x.Call(two, "Tensor", Tensor(tensor, rest[0]))
            : _withNumbers.TryGetValue(name, out string? scalars) ? x.CallScalars(scalars, [.. rest.Select(r => (double)r!)])
            : _others.TryGetValue(name, out var other) ? other(x, rest)
            : throw new CannotException($"no {name}");
    }

    private static Dictionary<string, string> Names(string same, string renamed) => same.Split(' ').Select(n => (n, n))
        .Concat(renamed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => (n.Split('=')[0], n.Split('=')[1])))
        .ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);

    private static AutogradTensor Pool(AutogradTensor x, long window, long stride, long padding, bool ceiling) =>
        x.Call("max_pool2d", "", List(window, window), List(stride, stride), List(padding, padding), List(1, 1), ceiling);

    private static AutogradArgument Cube(object? side) => List(Whole(side), Whole(side), Whole(side));

    // As PyTorch composes it: the mean of squares, its sign and relu of its size, times the window, and the root.
    private static AutogradTensor LpPool(AutogradTensor x, long window)
    {
        var mean = x.Call("pow", "Tensor_Tensor", x.Constant([2])).Call("avg_pool2d", "", List(window, window), List(window, window), List(0, 0), false, true, None);
        return mean.Call("sign", "").Call("mul", "Tensor", mean.Call("abs", "").Call("relu", ""))
            .Call("mul", "Tensor", x.Constant([window * window])).Call("pow", "Tensor_Tensor", x.Constant([0.5]));
    }

    private static AutogradTensor Tensor(AutogradTensor like, object? operand) => operand as AutogradTensor ?? like.Constant([(double)operand!]);

    private static AutogradTensor Full(AutogradTensor x, double value) => x.Constant([.. Enumerable.Repeat(value, (int)x.Sizes.Aggregate(1L, (a, b) => a * b))], [.. x.Sizes]);

    private static AutogradArgument Optional(object? tensor) => tensor is AutogradTensor t ? Some(t) : None;

    private static double[] Numbers(object? list) => [.. ((IReadOnlyList<object?>)list!).Select(v => (double)v!)];

    private static long Whole(object? number) => (long)(double)number!;
}
