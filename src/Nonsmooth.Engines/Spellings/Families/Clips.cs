using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Dialects;
using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>clip, relu6, the hard activations and shrinkage.</summary>
internal static class Clips
{
    public static IEnumerable<Spelling> Rows =>
    [
        Map("clip", "clip11", static (e, x) => e.Clip(x, -1, 1)),
        Map("clip.tensor_bounds", "clip11", static (e, x) => e.ClipTensor(x, e.Full(x, -1), e.Full(x, 1))),
        Map("clip.min_max", "clip11", static (e, x) => e.Minimum(e.Maximum(x, e.Full(x, -1)), e.Full(x, 1))),
        Map("clip.max_min", "clip11", static (e, x) => e.Maximum(e.Minimum(x, e.Full(x, 1)), e.Full(x, -1))),
        Map("clip.hardtanh", "clip11", static (e, x) => e.Hardtanh(x, -1, 1)),
        Map("clip.relus", "clip11", static (e, x) => e.Relu(x + 1) - e.Relu(x - 1) - 1.0),
        Map("clip.sort3", "clip11", static (e, x) => e.At(e.Sort0(e.Stack([x, e.Full(x, -1), e.Full(x, 1)])), 1)),
        Map("clip.clip_clip", "clip11", static (e, x) => e.Clip(e.Clip(x, -1, 1), -1, 1)),
        Map("clip.equal_bounds", "constant1", static (e, x) => e.Clip(x, 1, 1)),
        Map("relu6", "relu6", static (e, x) => e.Relu6(x)),
        Map("relu6.clip", "relu6", static (e, x) => e.Clip(x, 0, 6)),
        Map("relu6.hardtanh", "relu6", static (e, x) => e.Hardtanh(x, 0, 6)),
        Map("hardsigmoid", "hardsigmoid", static (e, x) => e.Hardsigmoid(x)),
        Map("hardsigmoid.relu6", "hardsigmoid", static (e, x) => e.Relu6(x + 3) / e.Full(x, 6)),
        Map("hardsigmoid.clip", "hardsigmoid", static (e, x) => e.Clip(x / e.Full(x, 6) + 0.5, 0, 1)),
        Map("hardswish", "hardswish", static (e, x) => e.Hardswish(x)),
        Map("hardswish.relu6", "hardswish", static (e, x) => x * e.Relu6(x + 3) / e.Full(x, 6)),
        Map("hardswish.hardsigmoid", "hardswish", static (e, x) => x * e.Hardsigmoid(x)),
        Map("hardswish.clip", "hardswish", static (e, x) => x * e.Clip(x / e.Full(x, 6) + 0.5, 0, 1)),
        Map("softshrink", "softshrink", static (e, x) => e.Softshrink(x, 0.5)),
        Map("softshrink.sign_relu", "softshrink", static (e, x) => e.Sign(x) * e.Relu(e.Abs(x) - 0.5)),
        Map("softshrink.relus", "softshrink", static (e, x) => e.Relu(x - 0.5) - e.Relu(-x - 0.5)),
        Map("softshrink.x_minus_clip", "softshrink", static (e, x) => x - e.Clip(x, -0.5, 0.5)),
        Map("softshrink.where", "softshrink", static (e, x) => e.Where(x > 0.5, x - 0.5, e.Where(x < -0.5, x + 0.5, e.Full(x, 0)))),
        Map("hardshrink", "hardshrink", static (e, x) => e.Hardshrink(x, 0.5)),
    ];
}
