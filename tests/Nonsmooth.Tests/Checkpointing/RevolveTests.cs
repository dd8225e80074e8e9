using Nonsmooth.Checkpointing;

namespace Nonsmooth.Tests.Checkpointing;

public sealed class RevolveTests
{
    [Theory]
    [InlineData(10, 3, 15)]
    [InlineData(16, 4, 27)]
    [InlineData(50, 5, 122)]
    [InlineData(64, 8, 137)]
    [InlineData(100, 10, 222)]
    [InlineData(1000, 10, 3636)]
    [InlineData(1000, 32, 2405)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 7, 0)]
    [InlineData(2, 1, 1)]
    public void TheFewestStepsAreThoseOfTheSpecification(int steps, int slots, long expected)
    {
        Assert.Equal(expected, Revolve.ForwardSteps(steps, slots));
        Assert.Equal(expected, Simulate(steps, slots));
    }

    [Fact]
    public void TheClosedFormIsTheDynamicProgrammeAndTheScheduleAttainsIt()
    {
        var table = new long[60, 10];
        for (int s = 1; s < 10; s++)
        {
            for (int l = 1; l < 60; l++)
            {
                table[l, s] = s == 1
                    ? l * (l - 1) / 2
                    : l == 1 ? 0 : Enumerable.Range(1, l - 1).Min(m => m + table[l - m, s - 1] + table[m, s]);
                Assert.Equal(table[l, s], Revolve.ForwardSteps(l, s));
                Assert.Equal(table[l, s], Simulate(l, s));
            }
        }
    }

    [Fact]
    public void NoStepOrNoSlotIsRefused()
    {
        Assert.Throws<NonsmoothException>(() => Revolve.ForwardSteps(0, 1));
        Assert.Throws<NonsmoothException>(() => Revolve.Schedule(1, 0));
    }

    // Executes a schedule: the state is a number of steps, reversed ones are crossed off from the last.
    private static long Simulate(int steps, int slots)
    {
        var stored = new HashSet<int>();
        int state = 0;
        int left = steps;
        long taken = 0;
        foreach (var action in Revolve.Schedule(steps, slots))
        {
            switch (action.Kind)
            {
                case RevolveActionKind.Advance:
                    Assert.Equal(state, action.Position);
                    Assert.True(action.Target > state && action.Target < left);
                    taken += action.Target - state;
                    state = action.Target;
                    break;
                case RevolveActionKind.Store:
                    Assert.Equal(state, action.Position);
                    Assert.True(stored.Add(state));
                    Assert.True(stored.Count <= slots);
                    break;
                case RevolveActionKind.Restore:
                    Assert.Contains(action.Position, stored);
                    state = action.Position;
                    break;
                default:
                    Assert.Equal(left - 1, action.Position);
                    Assert.Equal(state, action.Position);
                    left--;
                    stored.Remove(left);
                    break;
            }
        }

        Assert.Equal(0, left);
        Assert.Empty(stored);
        return taken;
    }
}
