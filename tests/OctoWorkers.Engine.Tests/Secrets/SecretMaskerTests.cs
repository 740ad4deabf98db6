using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OctoWorkers.Engine.Secrets;
using Xunit;

namespace OctoWorkers.Engine.Tests.Secrets;

public sealed class SecretMaskerTests
{
    [Theory]
    [InlineData("hunter22", "my hunter22 is", "my ******** is")]
    [InlineData("hunter22", "hunter2", "hunter2")]
    [InlineData("hunter22", "hunter22hunter22", "********")]
    [InlineData("a.*(b", "a.*(b axxb", "******** axxb")]
    [InlineData("größe😀", "die größe😀.", "die ********.")]
    [InlineData("pass word", "x=pass%20word&y=pass+word", "x=********&y=********")]
    [InlineData("pa/ss+w", "%70a pa%2Fss%2Bw pa%2fss%2bw pa/ss%2Bw", "%70a ******** ******** ********")]
    [InlineData("say \"hi\"\\", """{"a":"say \"hi\"\\"}""", """{"a":"********"}""")]
    [InlineData("é<&>é", "\\u00e9<&>\\u00e9 \\u00E9\\u003C\\u0026\\u003E\\u00E9", "******** ********")]
    [InlineData("abc", "abc", "abc")]
    [InlineData("     ", "a     b", "a     b")]
    [InlineData("  abcd ", "echo abcd", "echo ********")]
    [InlineData("one\ntwo2\r\nthree", "one two2 three", "one ******** ********")]
    [InlineData("one\ntwo2", "\"one\\ntwo2\" one%0Atwo2", "\"********\" ********")]
    [InlineData("a\0bcd", "abcd a\0bcd", "******** ********")]
    public void GivenASecret_WhenItIsInAText_ThenTheMaskTakesItsPlace(string secret, string text, string expected)
        => Assert.Equal(expected, SecretMasker.None.With([secret]).Apply(text));

    [Theory]
    [InlineData("abcdef", "cdefgh", "xabcdefghx", "x********x")]
    [InlineData("secret", "mysecretkey", "mysecretkey secret", "******** ********")]
    [InlineData("abab", "baba", "xababax", "x********x")]
    public void GivenSecretsThatOverlap_WhenTheyAreInAText_ThenAllOfBothIsMasked(string first, string second, string text, string expected)
    {
        Assert.Equal(expected, SecretMasker.None.With([first, second]).Apply(text));
        Assert.Equal(expected, SecretMasker.None.With([first]).With([second]).Apply(text));
        Assert.Equal(expected, SecretMasker.None.With([second]).With([first]).Apply(text));
    }

    [Theory]
    [InlineData("hunter22")]
    [InlineData("hunter2")]
    [InlineData("s3cr3")]
    [InlineData("\u00ff\u00fe\u00fd>>>???")]
    [InlineData("a long one with spaces, and more of everything that there may be in it")]
    public void GivenASecretInBase64_WhenItIsInAText_ThenNoBitOfItIsLeft(string secret)
    {
        SecretMasker masker = SecretMasker.None.With([secret]);
        foreach (string before in (string[])["", "a", "ab", "abc", "user:"])
        {
            foreach (string after in (string[])["", "\n", "z", "zz", "zzz"])
            {
                string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + secret + after));
                foreach (string form in (string[])[encoded, encoded.TrimEnd('='), encoded.Replace('+', '-').Replace('/', '_'), encoded.Replace('+', '-').Replace('/', '_').TrimEnd('=')])
                {
                    // Only what stands before and after may be left: as many whole digits as it fills.
                    string masked = masker.Apply($"x {form} y");
                    string[] left = masked[2..^2].Split("********");
                    Assert.Equal(2, left.Length);
                    Assert.Equal(form[..(Encoding.UTF8.GetByteCount(before) * 8 / 6)], left[0]);
                    Assert.EndsWith(left[1], form, StringComparison.Ordinal);
                    Assert.True(left[1].TrimEnd('=').Length <= (after.Length * 8 / 6) + 1, masked);
                    Assert.True(after.Length > 0 || left[1].Length == 0, masked);
                }
            }
        }
    }

    [Fact]
    public void GivenASecretOfOneMegabyte_WhenItIsInAText_ThenItIsMasked()
    {
        Random random = new(1);
        foreach (string secret in (string[])[new('x', 1_000_000), string.Concat(Enumerable.Range(0, 1_000_000).Select(_ => (char)('!' + random.Next(94))))])
        {
            SecretMasker masker = SecretMasker.None.With([secret]);
            Assert.Equal("a ******** b ********.", masker.Apply($"a {secret} b {secret}."));
            Assert.Equal("a ******** b", masker.Apply($"a {Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))} b"));
            Assert.Equal("a ******** b", masker.Apply($"a {Uri.EscapeDataString(secret)} b"));
        }
    }

    // Against the plainest search there is, over alphabets in which everything overlaps.
    [Fact]
    public void GivenAnySecretsAndText_WhenMasked_ThenExactlyTheirOccurrencesAreGone()
    {
        Gen<string> texts = Gen.Elements('a', 'b', 'c').ArrayOf().Select(letters => new string(letters));
        Arbitrary<(string[] Secrets, string Text)> cases = (from secrets in Gen.ArrayOf(texts)
                                                            from parts in Gen.ArrayOf(texts)
                                                            select (secrets, string.Concat(parts.Concat(secrets).Concat(parts)))).ToArbitrary();
        Prop.ForAll(cases, given => SecretMasker.None.With(given.Secrets).Apply(given.Text) == Plain(given.Secrets, given.Text)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void GivenManySecretsOfAllLengths_WhenMaskedInOneText_ThenEachIsGone()
    {
        Random random = new(7);
        for (int round = 0; round < 50; round++)
        {
            string[] secrets = [.. Enumerable.Range(0, 200).Select(_ => string.Concat(Enumerable.Range(0, random.Next(8, 60)).Select(_ => (char)('!' + random.Next(94)))))];
            SecretMasker masker = secrets.Chunk(37).Aggregate(SecretMasker.None, (known, more) => known.With(more));
            string text = string.Join(' ', secrets.Select(secret => $"<{secret}>"));
            Assert.Equal(string.Join(' ', secrets.Select(_ => "<********>")), masker.Apply(text));
        }
    }

    private static string Plain(string[] secrets, string text)
    {
        bool[] hidden = new bool[text.Length];
        foreach (byte[] pattern in secrets.SelectMany(SecretForms.Of).Select(form => form.Bytes))
        {
            string form = Encoding.UTF8.GetString(pattern);
            for (int at = text.IndexOf(form, StringComparison.Ordinal); at >= 0; at = text.IndexOf(form, at + 1, StringComparison.Ordinal))
            {
                hidden.AsSpan(at, form.Length).Fill(true);
            }
        }

        StringBuilder masked = new();
        for (int place = 0; place < text.Length; place++)
        {
            masked.Append(!hidden[place] ? text[place].ToString() : place > 0 && hidden[place - 1] ? "" : "********");
        }

        return masked.ToString();
    }
}
