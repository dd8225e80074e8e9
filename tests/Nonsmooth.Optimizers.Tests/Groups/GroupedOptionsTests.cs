using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests.Groups;

public sealed class GroupedOptionsTests
{
    [Fact]
    public void Each_group_has_the_bits_of_an_optimizer_of_its_own()
    {
        using var pool = new WorkerPool(2);
        using var head = new NativeTensor(NativeTensor.Numbers(50, 1));
        using var body = new NativeTensor(NativeTensor.Numbers(70, 2));
        using var bias = new NativeTensor(NativeTensor.Numbers(5, 3));
        using var headAlone = new NativeTensor(head.Span);
        using var bodyAlone = new NativeTensor(body.Span);
        using var biasAlone = new NativeTensor(bias.Span);
        using var slope = new NativeTensor(NativeTensor.Numbers(70, 4));
        var options = new GroupedOptions(
            [ParameterGroup.Named(["head"], new LionOptions(), rateFactor: 0.5), ParameterGroup.Rest(new AdamWOptions(), decay: false)]);
        using Optimizer grouped = options.Build([body.Slot("body.weight"), head.Slot("head.weight"), bias.Slot("body.bias")], pool);
        using Optimizer lion = new LionOptions().Build([headAlone.Slot("h")], pool);
        using Optimizer adamW = new AdamWOptions().Build([bodyAlone.Slot("w", decay: false), biasAlone.Slot("b", decay: false)], pool);
        for (int i = 0; i < 5; i++)
        {
            grouped.Step([slope.Address, slope.Address, i == 2 ? 0 : slope.Address], 1e-2);
            lion.Step([slope.Address], 5e-3);
            adamW.Step([slope.Address, i == 2 ? 0 : slope.Address], 1e-2);
        }

        Assert.Equal(headAlone.Span.ToArray(), head.Span.ToArray());
        Assert.Equal(bodyAlone.Span.ToArray(), body.Span.ToArray());
        Assert.Equal(biasAlone.Span.ToArray(), bias.Span.ToArray());
        Assert.Equal([5L, 5L, 4L], grouped.StepCounts.ToArray());
        Assert.Equal(
            ["body.weight exp_avg", "body.weight exp_avg_sq", "head.weight exp_avg", "body.bias exp_avg", "body.bias exp_avg_sq"],
            grouped.States.Select(s => $"{s.Parameter} {s.Name}"));
        grouped.RestoreStepCounts([3, 2, 1]);
        Assert.Equal([3L, 2L, 1L], grouped.StepCounts.ToArray());
    }

    [Fact]
    public void Mistakes_are_named_and_no_group_moves()
    {
        using var pool = new WorkerPool(1);
        using var a = new NativeTensor([1f]);
        using var b = new NativeTensor([1f]);
        ParameterSlot[] slots = [a.Slot("a"), b.Slot("b")];
        var only = ParameterGroup.Named(["a"], new AdamWOptions());
        Refused("parameter 'b' is in no group", () => new GroupedOptions([only]).Build(slots, pool));
        Refused("group 'c' has no parameters", () => new GroupedOptions([only, ParameterGroup.Named(["c"], new AdamWOptions()), ParameterGroup.Rest(new AdamWOptions())]).Build(slots, pool));
        Refused("number of groups is 0", () => new GroupedOptions([]).Build(slots, pool));
        Refused("rate factor of group 'a' is -1", () => new GroupedOptions([only with { RateFactor = -1 }]).Build(slots, pool));
        Refused("beta1 is 2", () => new GroupedOptions([only with { Options = new AdamWOptions { Beta1 = 2 } }]).Build(slots, pool));

        var inna = ParameterGroup.Rest(new InnapropOptions { Alpha = 10 });
        using Optimizer optimizer = new GroupedOptions([only, inna]).Build(slots, pool);
        Refused("alpha times rate", () => optimizer.Step([a.Address, b.Address], 0.5));
        Assert.Equal([1f, 1f], [a.Span[0], b.Span[0]]);
        Assert.Equal([0L, 0L], optimizer.StepCounts.ToArray());
    }

    private static void Refused(string part, Action action) =>
        Assert.Contains(part, Assert.Throws<NonsmoothException>(action).Message, StringComparison.Ordinal);
}
