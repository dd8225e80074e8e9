using Nonsmooth.Cost;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Measurement;

public sealed class LibTorchTrialTests
{
    [Fact]
    public void ATrialRunsEveryProgramOfTheCandidatesAndChoosesOne()
    {
        var program = Program.Trace(
            (x, w) => Functions.Tanh(Functions.MatMul(w, Functions.Relu(x.Reshape(new Shape(6, 1))))).Sum(), new Shape(6), new Shape(4, 6));
        var advice = ModeAdvisor.Recommend(program, options: new ModeOptions { WithRespectTo = ["x"], ProgramPrice = LibTorchTrial.Price().Seconds });
        Assert.True(advice.Forward > 0 && advice.Reverse > 0 && advice.Mixed!.Price > 0);
        Assert.Equal(new[] { advice.Forward, advice.Reverse, advice.Mixed!.Price }.Min(), advice.Price);
    }
}
