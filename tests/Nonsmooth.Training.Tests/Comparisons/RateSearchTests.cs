using Nonsmooth.Training.Comparisons;

namespace Nonsmooth.Training.Tests.Comparisons;

public class RateSearchTests
{
    [Fact]
    public void A_grid_around_the_default_comes_first()
    {
        Assert.Equal([1e-3, 3e-3, 1e-3 / 3], Search(3, _ => 1).Select(t => t.Eta));
    }

    [Theory]
    [InlineData(1.0, 81.0)]
    [InlineData(-1.0, 1 / 81.0)]
    public void Past_the_edge_while_that_helps(double sign, double end)
    {
        var tried = Search(6, eta => -sign * Math.Log(eta));
        Assert.Equal(end, tried[^1].Eta / 1e-3, 1e-9);
        Assert.True(RateSearch.IsAtEdge(tried));
        Assert.Equal(tried[^1], RateSearch.Choose(tried));
    }

    [Fact]
    public void An_inner_best_is_closed_in_on()
    {
        const double Best = 1.9e-3;
        double Loss(double eta) => Math.Pow(Math.Log(eta / Best), 2);
        double Error(int trials) => Math.Abs(Math.Log(RateSearch.Choose(Search(trials, Loss))!.Value.Eta / Best));
        Assert.True(Error(9) < Error(5) && Error(5) < Error(3));
        Assert.True(Error(9) < 0.15);
        Assert.False(RateSearch.IsAtEdge(Search(5, Loss)));
    }

    [Fact]
    public void A_run_that_diverged_is_worse_than_any_and_still_a_trial()
    {
        var tried = Search(5, eta => eta > 5e-4 ? double.NaN : 1);
        Assert.Equal(5, tried.Count);
        Assert.Equal(1e-3 / 9, tried[3].Eta, 1e-12);
        Assert.True(RateSearch.Choose(tried)!.Value.Eta < 5e-4);

        var never = Search(5, _ => double.NaN);
        Assert.Null(RateSearch.Choose(never));
        Assert.False(RateSearch.IsAtEdge(never));
        Assert.Equal(1e-3 / 27, never[^1].Eta, 1e-12);
    }

    [Fact]
    public void One_trial_is_both_edges()
    {
        var one = Search(1, _ => 1);
        Assert.True(RateSearch.IsAtEdge(one));
        Assert.Equal(1e-3, RateSearch.Choose(one)!.Value.Eta);
    }

    private static List<RateTrial> Search(int trials, Func<double, double> loss)
    {
        var tried = new List<RateTrial>();
        for (int i = 0; i < trials; i++)
        {
            double eta = RateSearch.Next(tried, 1e-3, 3);
            tried.Add(new RateTrial(eta, eta, loss(eta)));
        }

        return tried;
    }
}
