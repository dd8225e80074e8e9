using System.Numerics;
using System.Reflection;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests;

/// <summary>The rule that an optimizer's options build, on arrays of any precision: found by building them, so a new optimizer needs no row.</summary>
internal static class ReferenceOptimizers
{
    /// <summary>The slow reference of an optimizer, for one parameter of <paramref name="length"/> numbers without a name or rows.</summary>
    public static ReferenceOptimizer<T> Reference<T>(this OptimizerOptions options, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var pool = new WorkerPool(1);
        using var theta = new NativeTensor(new float[length]);
        using var built = options.Build([theta.Slot("w")], pool, _ => { });
        var one = built;
        while (one is CompositeOptimizer composite)
        {
            one = composite.Parts.Single(p => p.Slots.Length > 0).Optimizer;
        }

        if (one.GetType() is not { IsGenericType: true } type || type.GetGenericTypeDefinition() != typeof(ElementwiseOptimizer<,>))
        {
            throw new NotSupportedException($"{options.GetType().Name} builds a {one.GetType().Name}, which applies no rule to every coordinate: it has no reference");
        }

        var rule = type.GenericTypeArguments[0].GetGenericTypeDefinition().MakeGenericType(typeof(T));
        var create = typeof(ReferenceOptimizer<T>).GetMethod(nameof(ReferenceOptimizer<T>.Create))!.MakeGenericMethod(rule, type.GenericTypeArguments[1]);
        try
        {
            return (ReferenceOptimizer<T>)create.Invoke(null, [one.Options, length])!;
        }
        catch (TargetInvocationException e) when (e.InnerException is NonsmoothException inner)
        {
            throw new NonsmoothException(inner.Message, e);
        }
    }
}
