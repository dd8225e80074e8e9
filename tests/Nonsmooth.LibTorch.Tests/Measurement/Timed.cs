namespace Nonsmooth.LibTorch.Tests.Measurement;

/// <summary>Tests whose outcome depends on the clock run where someone asks for them, on a quiet machine.</summary>
internal static class Timed
{
    private const string Variable = "NONSMOOTH_TIMED";

    public static void Only() => Assert.SkipUnless(
        Environment.GetEnvironmentVariable(Variable) == "1", $"times kernels: set {Variable}=1 on a quiet machine to run it");
}
