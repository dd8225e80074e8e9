namespace Nonsmooth.Optimizers.Tests;

public class LongRunStepTests
{
    // A lasting gradient has no lasting step: the averages that schedule-free evaluates lag behind by a part of all steps, Adagrad's
    // steps fall as 1/√t, Adadelta's and Rprop's grow, AdaBelief's variance goes to 0, and ademamix takes 10⁵ steps to fill.
    private static readonly string[] _without = ["schedule-free-adamw", "ademamix", "adagrad", "adadelta", "rprop", "adabelief"];

    public static TheoryData<string, string> Optimizers
    {
        get
        {
            var rows = new TheoryData<string, string>
            {
                { "innaprop", "alpha=2 beta=2" }, { "innaprop", "alpha=1 beta=1" }, { "sgd", "momentum=0" }, { "rmsprop", "momentum=0.9" },
                { "dinadam", "sign=published" }, { "ademamix", "beta3=0.99 alpha=3" }, { "din-adamw", "kappa=0.5" },
                { "sgd", "dampening=0.5" }, { "nesterov", "dampening=0.5" }, { "yogi", "epsilon=0" },
            };
            foreach (var entry in OptimizerRegistry.All.Where(e => !_without.Contains(e.Name) && e.Name != "yogi"))
            {
                rows.Add(entry.Name, "");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_lasting_gradient_moves_a_parameter_by_it(string name, string settings)
    {
        const double Rate = 0.01;
        var entry = OptimizerRegistry.Find(name);
        var pairs = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=')).Select(s => KeyValuePair.Create(s[0], s[1])).ToList();
        if (entry.Settings.Any(s => s.Key == "weight-decay"))
        {
            pairs.Add(new("weight-decay", "0"));
        }

        var options = entry.Configure(pairs);
        var optimizer = options.Reference<double>(1);
        double[] theta = [0];
        double before = 0;
        for (int step = 0; step < 40_000; step++)
        {
            before = theta[0];
            optimizer.Step(theta, [1.0], Rate);
        }

        Assert.Equal(options.LongRunStep(Rate), before - theta[0], 1e-4 * options.LongRunStep(Rate));
        Assert.Equal(2 * options.LongRunStep(Rate), options.LongRunStep(2 * Rate), 1e-12);
    }
}
