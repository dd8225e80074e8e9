using System.Numerics;

namespace Nonsmooth.Optimizers.Tests;

/// <summary>Which rule each optimizer's options stand for. A new optimizer is a new row.</summary>
internal static class ReferenceOptimizers
{
    /// <summary>The slow reference of an optimizer, for one parameter of <paramref name="length"/> numbers without a name or rows.</summary>
    public static ReferenceOptimizer<T> Reference<T>(this OptimizerOptions options, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        options.Validate();
        return options switch
        {
            AdamOptions o => ReferenceOptimizer<T>.Create<AdamRule<T>, AdamOptions>(o, length),
            AdamWOptions o => ReferenceOptimizer<T>.Create<AdamWRule<T>, AdamWOptions>(o, length),
            AdEMAMixOptions o => ReferenceOptimizer<T>.Create<AdEMAMixRule<T>, AdEMAMixOptions>(o, length),
            AdoptOptions o => ReferenceOptimizer<T>.Create<AdoptRule<T>, AdoptOptions>(o, length),
            DinAdamWOptions o => ReferenceOptimizer<T>.Create<DinAdamWRule<T>, DinAdamWOptions>(o, length),
            DinadamOptions o => ReferenceOptimizer<T>.Create<DinadamRule<T>, DinadamOptions>(o, length),
            GroupedOptions o => o.Groups[^1].Options.Reference<T>(length),
            InnaOptions o => ReferenceOptimizer<T>.Create<InnaRule<T>, InnaOptions>(o, length),
            InnadamOptions o => ReferenceOptimizer<T>.Create<InnadamRule<T>, InnadamOptions>(o, length),
            InnapropOptions { Form: InnapropForm.Velocity } o => ReferenceOptimizer<T>.Create<InnapropVelocityRule<T>, InnapropOptions>(o, length),
            InnapropOptions { Form: InnapropForm.Psi } o => ReferenceOptimizer<T>.Create<InnapropPsiRule<T>, InnapropOptions>(o, length),
            InnapropOptions { Form: InnapropForm.Euler } o => ReferenceOptimizer<T>.Create<InnapropEulerRule<T>, InnapropOptions>(o, length),
            InnapropOptions o => ReferenceOptimizer<T>.Create<InnapropAverageRule<T>, InnapropOptions>(o, length),
            LionOptions o => ReferenceOptimizer<T>.Create<LionRule<T>, LionOptions>(o, length),
            MuonOptions o => o.AdamW.Reference<T>(length),
            NAdamWOptions o => ReferenceOptimizer<T>.Create<NAdamWRule<T>, NAdamWOptions>(o, length),
            QHAdamOptions o => ReferenceOptimizer<T>.Create<QHAdamRule<T>, QHAdamOptions>(o, length),
            RmspropOptions { Momentum: 0 } o => ReferenceOptimizer<T>.Create<RmspropRule<T>, RmspropOptions>(o, length),
            RmspropOptions o => ReferenceOptimizer<T>.Create<RmspropMomentumRule<T>, RmspropOptions>(o, length),
            ScheduleFreeAdamWOptions o => ReferenceOptimizer<T>.Create<ScheduleFreeAdamWRule<T>, ScheduleFreeAdamWOptions>(o, length),
            SgdOptions { Momentum: 0 } o => ReferenceOptimizer<T>.Create<GradientDescentRule<T>, SgdOptions>(o, length),
            SgdOptions o => ReferenceOptimizer<T>.Create<MomentumRule<T>, SgdOptions>(o, length),
            _ => throw new NotSupportedException($"{options.GetType().Name} has no reference yet: add its row"),
        };
    }
}
