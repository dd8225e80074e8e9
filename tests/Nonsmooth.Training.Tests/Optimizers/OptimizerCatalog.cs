using Nonsmooth.Training.Optimizers;

namespace Nonsmooth.Training.Tests.Optimizers;

/// <summary>Every rule of the library under a name, for tests that all must pass.</summary>
internal static class OptimizerCatalog
{
    private static readonly Dictionary<string, OptimizerOptions> Rules = new()
    {
        ["innaprop velocity decoupled"] = new InnapropOptions { WeightDecay = 0.1 },
        ["innaprop velocity published"] = InnapropOptions.Published with { WeightDecay = 0.1 },
        ["innaprop psi"] = InnapropOptions.Published with { Form = InnapropForm.Psi, WeightDecay = 0.1 },
        ["innaprop euler"] = InnapropOptions.Published with { Form = InnapropForm.Euler, WeightDecay = 0.1 },
        ["innaprop average"] = new InnapropOptions { Form = InnapropForm.Average, WeightDecay = 0.1 },
        ["adamw"] = new AdamWOptions(),
        ["din-adamw"] = new DinAdamWOptions(),
        ["dinadam published"] = new DinadamOptions(),
        ["dinadam corrected"] = new DinadamOptions { Sign = DinadamSign.Corrected },
        ["inna"] = new InnaOptions { WeightDecay = 0.1 },
        ["innadam"] = new InnadamOptions(),
        ["sgd plain"] = new SgdOptions { Momentum = 0, WeightDecay = 0.1 },
        ["sgd momentum"] = new SgdOptions { WeightDecay = 0.1 },
        ["sgd nesterov"] = new SgdOptions { Nesterov = true, WeightDecay = 0.1 },
    };

    public static TheoryData<string> Names => [.. Rules.Keys];

    public static OptimizerOptions Get(string name) => Rules[name];
}
