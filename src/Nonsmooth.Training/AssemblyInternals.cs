using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Training.Tests")]
[assembly: InternalsVisibleTo("Nonsmooth.Bench")]
