namespace Nonsmooth.Optimizers.Tests;

/// <summary>A rule, its formula written apart from it, and a rate at which it gets ahead on the test problems.</summary>
/// <param name="Options">The rule.</param>
/// <param name="Formula">A fresh instance of the formula; null for one that nobody wrote.</param>
/// <param name="Rate">The constant rate on both problems; null to look for one.</param>
internal sealed record CatalogRow(OptimizerOptions Options, Func<FormulaStep>? Formula, double? Rate);

/// <summary>Every rule of the library under a name, for tests that all must pass: what is registered, and rows with a formula.</summary>
/// <remarks>A new optimizer is tested by being registered. A row here adds its formula, or options that are not its defaults.</remarks>
internal static class OptimizerCatalog
{
    private const double Eps = 1e-8;

    private static readonly Dictionary<string, CatalogRow> Written = new()
    {
        ["innaprop velocity decoupled"] = new(new InnapropOptions { WeightDecay = 0.1 }, () => Formulas.Din(0.1, 0.9, 0.999, Eps, 0.1, published: false), 3e-3),
        ["innaprop velocity published"] = new(InnapropOptions.Published with { WeightDecay = 0.1 }, () => Formulas.Din(0.1, 0.9, 0.999, Eps, 0.1, published: true), 3e-3),
        ["innaprop psi"] = new(InnapropOptions.Published with { Form = InnapropForm.Psi, WeightDecay = 0.1 }, () => Formulas.Din(0.1, 0.9, 0.999, Eps, 0.1, published: true), 3e-3),
        ["innaprop euler"] = new(InnapropOptions.Published with { Form = InnapropForm.Euler, WeightDecay = 0.1 }, () => Formulas.Din(0.1, 0.9, 0.999, Eps, 0.1, published: true), 3e-3),
        ["innaprop average"] = new(new InnapropOptions { Form = InnapropForm.Average, WeightDecay = 0.1 }, () => Formulas.Din(0.1, 0.9, 0.999, Eps, 0.1, published: false), 3e-3),
        ["adamw"] = new(new AdamWOptions(), () => Formulas.AdamW(0.9, 0.999, Eps, 0.01), 2e-2),
        ["din-adamw"] = new(new DinAdamWOptions(), () => Formulas.DinAdamW(0.9, 0.999, 0.1, Eps, 0.01), 2e-2),
        ["dinadam published"] = new(new DinadamOptions { Sign = DinadamSign.Published }, () => Formulas.Dinadam(0.1, 0.9, -1, 0.9, 0.999, Eps, 0.01), 1e-2),
        ["dinadam corrected"] = new(new DinadamOptions(), () => Formulas.Dinadam(0.1, 0.9, 1, 0.9, 0.999, Eps, 0.01), 2e-2),
        ["inna"] = new(new InnaOptions { WeightDecay = 0.1 }, () => Formulas.Din(0.5, 0.1, -1, 0, 0.1, published: true), 5e-3),
        ["innadam"] = new(new InnadamOptions(), () => Formulas.Innadam(0.1, 0.1, 0.9, 0.999, Eps, 0.1), 1e-2),
        ["sgd plain"] = new(new SgdOptions { Momentum = 0, WeightDecay = 0.1 }, () => Formulas.Sgd(0, nesterov: false, 0.1), 1e-3),
        ["sgd momentum"] = new(new SgdOptions { WeightDecay = 0.1 }, () => Formulas.Sgd(0.9, nesterov: false, 0.1), 5e-4),
        ["sgd nesterov"] = new(new SgdOptions { Nesterov = true, WeightDecay = 0.1 }, () => Formulas.Sgd(0.9, nesterov: true, 0.1), 5e-4),
        ["rmsprop"] = new(new RmspropOptions { WeightDecay = 0.1 }, () => Formulas.Rmsprop(0.99, 0, Eps, 0.1), 5e-3),
        ["rmsprop momentum"] = new(new RmspropOptions { Momentum = 0.9 }, () => Formulas.Rmsprop(0.99, 0.9, Eps, 0), 5e-4),
        ["adam"] = new(new AdamOptions { WeightDecay = 0.1 }, () => Formulas.Adam(0.9, 0.999, Eps, 0.1), 2e-2),
        ["nadamw"] = new(new NAdamWOptions(), () => Formulas.NAdamW(0.9, 0.999, 4e-3, Eps, 0.01), 2e-2),
        ["qhadam"] = new(new QHAdamOptions { Nu2 = 0.9 }, () => Formulas.QHAdam(0.995, 0.999, 0.7, 0.9, Eps, 0.01), 1e-2),
        ["ademamix"] = new(new AdEMAMixOptions(), () => Formulas.AdEMAMix(0.9, 0.999, 0.9999, 5, 0, Eps, 0.01), 5e-3),
        ["ademamix warm-up"] = new(new AdEMAMixOptions { Beta3 = 0.99, Alpha = 2, Rise = 40 }, () => Formulas.AdEMAMix(0.9, 0.999, 0.99, 2, 40, Eps, 0.01), 5e-3),
        ["adopt"] = new(new AdoptOptions { WeightDecay = 0.01 }, () => Formulas.Adopt(0.9, 0.9999, 1e-6, 0.01), 2e-2),
        ["lion"] = new(new LionOptions(), () => Formulas.Lion(0.9, 0.99, 0.1), 2e-3),
        ["muon without matrices"] = new(new MuonOptions(), () => Formulas.AdamW(0.9, 0.999, Eps, 0.01), 2e-2),
        ["sgd dampened"] = new(new SgdOptions { Dampening = 0.5, WeightDecay = 0.1 }, () => Formulas.SgdDamped(0.9, 0.5, 0.1), 1e-3),
        ["rmsprop as optax's"] = new(new RmspropOptions { Decay = 0.9, Momentum = 0.5, Nesterov = true, EpsilonInRoot = true, CorrectsBias = true }, () => Formulas.RmspropOther(0.9, 0.5, Eps, centred: false), 2e-3),
        ["rmsprop centred"] = new(new RmspropOptions { Decay = 0.9, Momentum = 0.5, Nesterov = true, EpsilonInRoot = true, Centred = true, Epsilon = 1e-3 }, () => Formulas.RmspropOther(0.9, 0.5, 1e-3, centred: true), 2e-3),
        ["adam with epsilon elsewhere"] = new(new AdamOptions { EpsilonRoot = 1e-6, RawEpsilon = true, Epsilon = 1e-4 }, () => Formulas.AdamOther(0.9, 0.999, 1e-4, 1e-6, raw: true), 2e-2),
        ["nadam coupled"] = new(new NAdamWOptions { Coupled = true, WeightDecay = 0.1 }, () => Formulas.NAdamCoupled(0.9, 0.999, 4e-3, Eps, 0.1), 2e-2),
        ["adagrad"] = new(new AdagradOptions(), () => Formulas.Adagrad(0, 0, 1e-10, inRoot: false, 0), 0.5),
        ["adagrad as optax's"] = new(new AdagradOptions { Initial = 0.1, Epsilon = 1e-7, EpsilonInRoot = true, RateDecay = 1e-4, WeightDecay = 0.1 }, () => Formulas.Adagrad(1e-4, 0.1, 1e-7, inRoot: true, 0.1), 0.5),
        ["adadelta"] = new(new AdadeltaOptions(), () => Formulas.Adadelta(0.9, 1e-6, 0), 1),
        ["adadelta with decay"] = new(new AdadeltaOptions { WeightDecay = 0.1 }, () => Formulas.Adadelta(0.9, 1e-6, 0.1), 1),
        ["rprop"] = new(new RpropOptions(), () => Formulas.Rprop(0.5, 1.2, 1e-6, 50), 1e-2),
        ["amsgrad"] = new(new AmsGradOptions(), () => Formulas.AmsGrad(0.9, 0.999, Eps, 0.01, corrected: false), 2e-2),
        ["amsgrad corrected"] = new(new AmsGradOptions { CorrectedMaximum = true }, () => Formulas.AmsGrad(0.9, 0.999, Eps, 0.01, corrected: true), 0.1),
        ["adamax"] = new(new AdamaxOptions { Coupled = true, WeightDecay = 0.1 }, () => Formulas.Adamax(0.9, 0.999, Eps, 0.1), 2e-2),
        ["radam"] = new(new RAdamOptions(), () => Formulas.RAdam(0.9, 0.999, Eps, 5), null),
        ["adabelief"] = new(new AdaBeliefOptions(), () => Formulas.AdaBelief(0.9, 0.999, 1e-16, 1e-16), null),
        ["yogi"] = new(new YogiOptions(), () => Formulas.Yogi(0.9, 0.999, 1e-3, 1e-6), 2e-2),
        ["schedule-free-adamw"] = new(new ScheduleFreeAdamWOptions { WeightDecay = 0.01 }, () => Formulas.ScheduleFree(0.9, 0.999, Eps, 0.01), 3e-2),
    };

    private static readonly Dictionary<string, CatalogRow> Rules = new(Written.Concat(
        from entry in OptimizerRegistry.All
        where !Written.Values.Any(row => row.Options == entry.Defaults)
        select KeyValuePair.Create($"{entry.Name} as registered", new CatalogRow(entry.Defaults, null, null))));

    public static TheoryData<string> Names => [.. Rules.Keys];

    public static TheoryData<string> WithFormula => [.. Written.Keys];

    public static IEnumerable<OptimizerOptions> All => Rules.Values.Select(row => row.Options);

    public static OptimizerOptions Get(string name) => Rules[name].Options;

    public static CatalogRow Row(string name) => Rules[name];
}
