using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Reliability.Blame;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Zones;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Tests.Blame;

public class BlameStudyTests
{
    private static readonly Program _fivePools = Program.Trace(
        [("x", TensorType.Real(new Shape(4, 2, 32, 32))), .. Enumerable.Range(0, 5).Select(i => ($"w{i}", TensorType.Real(new Shape(i == 4 ? 3 : 2, 2, 3, 3))))],
        v =>
        {
            var h = v[0];
            for (int i = 0; i < 5; i++)
            {
                using (h.Builder.Scope($"block{i}"))
                {
                    h = Functions.MaxPool2d(Functions.Conv2d(h, v[i + 1], padding: 1), 2);
                }
            }

            return [("loss", (h * h).Sum() + h.Sum())];
        });

    private static readonly string[] _weights = [.. Enumerable.Range(0, 5).Select(i => $"w{i}")];

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_change_in_one_of_five_pools_is_blamed_on_that_pool_in_every_batch_that_bifurcates(int pool)
    {
        // Everything is changed, but ties exist in one pool only: the blame must be told from the runs.
        var options = new ZoneOptions { Other = Selection.MinimalNorm, Precision = Precision.Float32 };
        for (ulong seed = 0; seed < 5; seed++)
        {
            using var subject = TiedAt(pool, seed);
            var zone = ZoneStudy.Run(subject, options).Volume;
            var blames = BlameStudy.Run(subject, options);
            Assert.Equal(1, zone.Bifurcation);
            Assert.Equal(Enumerable.Range(0, 5).Select(i => $"block{i}.max_pool2d"), blames.Select(b => b.Site.Node));
            Assert.Equal([$"block{pool}.max_pool2d"], blames.Where(b => b.Bifurcations() > 0).Select(b => b.Site.Node));
        }
    }

    [Fact]
    public void Selections_that_agree_on_every_site_blame_none()
    {
        using var subject = TiedAt(0, 0);
        Assert.Empty(BlameStudy.Run(subject, new ZoneOptions { Other = Selection.Default with { ReluAtZero = 1 } }));
    }

    // A channel whose weights are 0 is a plane of zeros: all its windows tie, and its weights' gradient depends on the rule.
    private static FixedSubject TiedAt(int pool, ulong seed)
    {
        var random = new CounterRandom(seed).Sequence();
        double[] Normal(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextNormal() / 2)];
        var inputs = new List<Array> { Normal(4 * 2 * 32 * 32) };
        for (int i = 0; i < 5; i++)
        {
            double[] weights = Normal((i == 4 ? 3 : 2) * 2 * 9);
            if (i == pool)
            {
                weights.AsSpan(0, 18).Clear();
            }

            inputs.Add(weights);
        }

        return new FixedSubject(_fivePools, _weights, inputs);
    }
}
